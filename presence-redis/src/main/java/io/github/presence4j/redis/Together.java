package io.github.presence4j.redis;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One answer of several, from scripts that travel together. Of a single one, which is the common case, nothing is copied. */
final class Together {

    private Together() {}

    static <R> CompletionStage<List<R>> all(Collection<CompletionStage<R>> parts) {
        if (parts.size() == 1) {
            return parts.iterator().next().thenApply(List::of);
        }
        List<CompletableFuture<R>> calls =
                parts.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                .thenApply(done -> calls.stream().map(CompletableFuture::join).toList());
    }

    static <T> CompletionStage<Set<T>> union(Collection<CompletionStage<Set<T>>> parts) {
        return all(parts).thenApply(sets -> {
            if (sets.size() == 1) {
                return sets.get(0);
            }
            Set<T> union = new HashSet<>();
            sets.forEach(union::addAll);
            return union;
        });
    }

    static <K, V> CompletionStage<Map<K, V>> merged(Collection<CompletionStage<Map<K, V>>> parts) {
        return all(parts).thenApply(maps -> {
            if (maps.size() == 1) {
                return maps.get(0);
            }
            Map<K, V> merged = new HashMap<>();
            maps.forEach(merged::putAll);
            return merged;
        });
    }
}
