package io.github.presence4j.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the {@code .lua} files in this package. A line {@code -- include: name} stands for the lines of another file,
 * which is how scripts share what they share.
 */
record Script(String text, String sha) {
    private static final Pattern INCLUDE = Pattern.compile("(?m)^-- include: (\\w+)$");

    static Script load(String name) {
        String text = INCLUDE.matcher(read(name)).replaceAll(match -> Matcher.quoteReplacement(read(match.group(1))));
        return new Script(text, sha1(text));
    }

    private static String read(String name) {
        try (InputStream file = Script.class.getResourceAsStream(name + ".lua")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-1", e);
        }
    }

    /** Runs the script. */
    <T> CompletableFuture<T> run(
            RedisClusterAsyncCommands<String, String> redis,
            @Nullable ServerState node,
            String[] keys,
            String... args) {
        return ScriptCall.send(this, redis, node, keys, null, args);
    }

    /** Runs the script of a cell, with {@code meta} as the only key if its slot is being moved. */
    <T> CompletableFuture<T> run(
            RedisClusterAsyncCommands<String, String> redis,
            @Nullable ServerState node,
            CellKeys cell,
            String[] keys,
            String... args) {
        return ScriptCall.send(this, redis, node, keys, cell, args);
    }
}
