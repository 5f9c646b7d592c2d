package io.github.presence4j.checks;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTreePath;
import com.sun.source.util.DocTreePathScanner;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Finds what the javadoc of public types, and of their public and protected members, lacks. */
final class PublicJavadoc extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private static final Pattern RULE = Pattern.compile("\\b[TOSRWGBE]\\d{1,2}\\b");
    private static final Pattern RULE_WITH_MEANING = Pattern.compile("\\brules? [TOSRWGBE]\\d{1,2}: \\w");

    private final DocTrees trees;
    private final Elements elements;
    private final ThrownExceptions thrown;
    private final Set<String> packages = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private PublicJavadoc(JavacTask task, Iterable<String> packages) {
        this.trees = DocTrees.instance(task);
        this.elements = task.getElements();
        this.thrown = new ThrownExceptions(trees, task.getTypes());
        packages.forEach(this.packages::add);
    }

    /** Returns the problems of the types in some packages. The task reads the sources of all that they use. */
    static List<String> problems(JavacTask task, Iterable<String> packages) throws IOException {
        Iterable<? extends CompilationUnitTree> units = task.parse();
        task.analyze();
        PublicJavadoc check = new PublicJavadoc(task, packages);
        check.scan(units, null);
        return check.problems;
    }

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, @Nullable Void nothing) {
        PackageTree declared = unit.getPackage();
        return declared != null && packages.contains(declared.getPackageName().toString())
                ? super.visitCompilationUnit(unit, null)
                : null;
    }

    @Override
    public @Nullable Void visitPackage(PackageTree tree, @Nullable Void nothing) {
        checkText(tree.getPackageName().toString());
        return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
        Element type = element();
        if (!isPublic(type)) {
            return null;
        }
        requireJavadoc(type);
        checkText(type.toString());
        return super.visitClass(tree, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
        Element field = element();
        if (isPublic(field) && isWritten(field)) {
            checkText(nameOf(field));
        }
        return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
        ExecutableElement method = (ExecutableElement) element();
        if (isPublic(method) && isWritten(method) && requireJavadoc(method)) {
            checkText(nameOf(method));
            if (method.getAnnotation(Override.class) == null) { // which inherits the tags that it lacks
                checkTags(method);
            }
        }
        return null;
    }

    private Element element() {
        return trees.getElement(getCurrentPath());
    }

    private static boolean isPublic(Element element) {
        return element.getModifiers().contains(Modifier.PUBLIC)
                || element.getModifiers().contains(Modifier.PROTECTED);
    }

    private boolean isWritten(Element element) {
        return elements.getOrigin(element) == Elements.Origin.EXPLICIT;
    }

    private static String nameOf(Element member) {
        return member.getEnclosingElement() + "." + member;
    }

    /** Returns whether there is javadoc to check. A method that overrides another one may inherit it. */
    private boolean requireJavadoc(Element element) {
        if (trees.getDocCommentTree(getCurrentPath()) != null) {
            return true;
        }
        if (element.getAnnotation(Override.class) == null) {
            problems.add(nameOf(element) + " has no javadoc");
        }
        return false;
    }

    private void checkTags(ExecutableElement method) {
        DocTreePath docs = docs();
        Set<String> parameters = new HashSet<>();
        boolean[] returns = new boolean[1];
        new DocTreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitParam(ParamTree tag, @Nullable Void nothing) {
                parameters.add(tag.getName().toString());
                return null;
            }

            @Override
            public @Nullable Void visitReturn(ReturnTree tag, @Nullable Void nothing) {
                returns[0] = true;
                return null;
            }
        }.scan(docs, null);
        String name = nameOf(method);
        for (VariableElement parameter : method.getParameters()) {
            if (!parameters.contains(parameter.getSimpleName().toString())) {
                problems.add(name + " lacks @param " + parameter);
            }
        }
        boolean isVoid = method.getReturnType().getKind() == TypeKind.VOID;
        if (!isVoid && !returns[0]) {
            problems.add(name + " lacks @return");
        }
        for (TypeMirror missing : thrown.undocumented(method)) {
            problems.add(name + " lacks @throws " + missing);
        }
    }

    private DocTreePath docs() {
        TreePath path = getCurrentPath();
        return new DocTreePath(path, trees.getDocCommentTree(path));
    }

    /** Checks what no javadoc of any element may have. */
    private void checkText(String name) {
        DocCommentTree docs = trees.getDocCommentTree(getCurrentPath());
        if (docs == null) {
            return;
        }
        new DocTreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitParam(ParamTree tag, @Nullable Void nothing) {
                return checkTag(name, tag, tag.getDescription());
            }

            @Override
            public @Nullable Void visitReturn(ReturnTree tag, @Nullable Void nothing) {
                return checkTag(name, tag, tag.getDescription());
            }

            @Override
            public @Nullable Void visitThrows(ThrowsTree tag, @Nullable Void nothing) {
                return checkTag(name, tag, tag.getDescription());
            }
        }.scan(docs(), null);
        String text = String.valueOf(trees.getDocComment(getCurrentPath())).replaceAll("\\s+", " ");
        RULE.matcher(RULE_WITH_MEANING.matcher(text).replaceAll(""))
                .results()
                .forEach(rule -> problems.add(name + " names rule " + rule.group() + " without its meaning"));
    }

    private @Nullable Void checkTag(String name, DocTree tag, List<? extends DocTree> description) {
        String text = description.stream().map(DocTree::toString).collect(Collectors.joining());
        if (text.strip().split("\\s+").length < 2) {
            problems.add(name + " says too little: " + tag);
        }
        return null;
    }
}
