package io.github.presence4j.checks;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.DocTreePath;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that a method throws, as far as the sources show. Methods that it calls are followed, lambdas are not. A method
 * without a body throws what its javadoc says.
 */
final class ThrownExceptions {
    /** NullPointerException is stated once for all; the others say nothing about their cause. */
    private static final Set<String> IGNORED = Set.of(
            "java.lang.NullPointerException",
            "java.lang.RuntimeException",
            "java.lang.Exception",
            "java.lang.Throwable",
            "java.lang.Error",
            "java.lang.AssertionError");

    private static final String ILLEGAL_ARGUMENT = "java.lang.IllegalArgumentException";

    private final DocTrees trees;
    private final Types types;
    private final Map<ExecutableElement, Map<String, TypeMirror>> known = new HashMap<>();

    ThrownExceptions(DocTrees trees, Types types) {
        this.trees = trees;
        this.types = types;
    }

    /** Returns the exceptions of a method that no {@code @throws} of it covers. */
    Collection<TypeMirror> undocumented(ExecutableElement method) {
        Map<String, TypeMirror> missing = new TreeMap<>(of(method));
        documented(trees.getPath(method)).values().forEach(caught -> remove(missing, caught));
        listed(trees.getPath(method.getEnclosingElement())).forEach(caught -> remove(missing, caught));
        return missing.values();
    }

    private void remove(Map<String, TypeMirror> exceptions, TypeMirror caught) {
        if (caught.getKind() == TypeKind.DECLARED) { // a list may also name a method
            exceptions.values().removeIf(exception -> types.isSubtype(exception, caught));
        }
    }

    private Map<String, TypeMirror> of(ExecutableElement method) {
        Map<String, TypeMirror> found = known.get(method);
        if (found != null) {
            return found;
        }
        Map<String, TypeMirror> exceptions = new TreeMap<>();
        known.put(method, exceptions);
        method.getThrownTypes().forEach(declared -> put(exceptions, declared));
        TreePath path = trees.getPath(method);
        if (path != null && path.getLeaf() instanceof MethodTree tree) {
            if (tree.getBody() == null) {
                exceptions.putAll(documented(path));
            } else {
                new Body(exceptions, !method.getParameters().isEmpty()).scan(new TreePath(path, tree.getBody()), null);
            }
        }
        return exceptions;
    }

    private static void put(Map<String, TypeMirror> exceptions, TypeMirror exception) {
        if (!IGNORED.contains(exception.toString())) {
            exceptions.put(exception.toString(), exception);
        }
    }

    private Map<String, TypeMirror> documented(TreePath path) {
        Map<String, TypeMirror> exceptions = new TreeMap<>();
        DocCommentTree docs = trees.getDocCommentTree(path);
        if (docs != null) {
            DocTreePath all = new DocTreePath(path, docs);
            for (DocTree tag : docs.getBlockTags()) {
                if (tag instanceof ThrowsTree throwing) {
                    TypeMirror type = typeOf(all, tag, throwing.getExceptionName());
                    exceptions.put(type.toString(), type);
                }
            }
        }
        return exceptions;
    }

    /** The exceptions that the javadoc of a class states for all its methods: each begins an item of a list with a link. */
    private List<TypeMirror> listed(TreePath path) {
        List<TypeMirror> exceptions = new ArrayList<>();
        DocCommentTree docs = trees.getDocCommentTree(path);
        if (docs != null) {
            List<? extends DocTree> body = docs.getFullBody();
            for (int i = 1; i < body.size(); i++) {
                if (body.get(i) instanceof LinkTree link
                        && body.get(i - 1) instanceof StartElementTree item
                        && item.getName().contentEquals("li")) {
                    exceptions.add(typeOf(new DocTreePath(path, docs), link, link.getReference()));
                }
            }
        }
        return exceptions;
    }

    private TypeMirror typeOf(DocTreePath docs, DocTree tag, ReferenceTree reference) {
        Element type = trees.getElement(new DocTreePath(new DocTreePath(docs, tag), reference));
        if (type == null) {
            throw new IllegalStateException(
                    "Unknown: " + reference + " in " + docs.getTreePath().getLeaf());
        }
        return type.asType();
    }

    /** Collects what a body throws. A callee's wrong argument counts only if it can be an argument of the caller. */
    private final class Body extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private Map<String, TypeMirror> exceptions;
        private final boolean hasParameters;

        Body(Map<String, TypeMirror> exceptions, boolean hasParameters) {
            this.exceptions = exceptions;
            this.hasParameters = hasParameters;
        }

        @Override
        public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void nothing) {
            put(exceptions, trees.getTypeMirror(new TreePath(getCurrentPath(), tree.getExpression())));
            return super.visitThrow(tree, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void nothing) {
            call(trees.getElement(getCurrentPath()));
            return super.visitMethodInvocation(tree, null);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void nothing) {
            call(trees.getElement(getCurrentPath()));
            return super.visitNewClass(tree, null);
        }

        private void call(@Nullable Element callee) {
            if (callee instanceof ExecutableElement method) {
                of(method).forEach((name, exception) -> {
                    if (hasParameters || !name.equals(ILLEGAL_ARGUMENT)) {
                        exceptions.put(name, exception);
                    }
                });
            }
        }

        @Override
        public @Nullable Void visitTry(TryTree tree, @Nullable Void nothing) {
            Map<String, TypeMirror> outside = exceptions;
            exceptions = new TreeMap<>();
            scan(tree.getResources(), null);
            scan(tree.getBlock(), null);
            for (CatchTree caught : tree.getCatches()) {
                if (!rethrows(caught)) {
                    types(caught).forEach(type -> remove(exceptions, type));
                }
            }
            outside.putAll(exceptions);
            exceptions = outside;
            scan(tree.getCatches(), null);
            scan(tree.getFinallyBlock(), null);
            return null;
        }

        private boolean rethrows(CatchTree caught) {
            return caught.getBlock()
                    .toString()
                    .contains("throw " + caught.getParameter().getName() + ";");
        }

        private List<TypeMirror> types(CatchTree caught) {
            Tree type = caught.getParameter().getType();
            List<? extends Tree> all =
                    type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
            return all.stream()
                    .map(each -> trees.getTypeMirror(TreePath.getPath(getCurrentPath(), each)))
                    .toList();
        }

        @Override
        public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void nothing) {
            return null;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
            return null;
        }
    }
}
