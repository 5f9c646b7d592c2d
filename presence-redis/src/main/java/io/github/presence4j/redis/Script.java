package io.github.presence4j.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
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

    /** Runs the script by its digest, or sends it in full if the server does not know it. */
    <T> CompletionStage<T> run(RedisClusterAsyncCommands<String, String> redis, String[] keys, String... args) {
        return run(redis, null, keys, args);
    }

    /**
     * Runs the script: in full the first time on a connection, so that no later call overtakes it, then by its digest. Also in
     * full if the server forgot it (SCRIPT FLUSH).
     */
    <T> CompletionStage<T> run(
            RedisClusterAsyncCommands<String, String> redis,
            @Nullable ServerState node,
            String[] keys,
            String... args) {
        if (node != null && node.learns(sha)) {
            return redis.eval(text, ScriptOutputType.MULTI, keys, args);
        }
        return FallbackCommand.of(
                redis.evalsha(sha, ScriptOutputType.MULTI, keys, args),
                failure -> failure instanceof RedisNoScriptException,
                () -> {
                    if (node != null) {
                        node.forgetScripts();
                        node.learns(sha);
                    }
                    return redis.eval(text, ScriptOutputType.MULTI, keys, args);
                });
    }
}
