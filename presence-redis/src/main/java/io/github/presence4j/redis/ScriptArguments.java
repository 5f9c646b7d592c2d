package io.github.presence4j.redis;

import io.github.presence4j.Touch;
import io.github.presence4j.sharding.Utf8Length;
import io.github.presence4j.spi.Leave;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes changes as the arguments of the scripts that apply them. */
final class ScriptArguments {

    private ScriptArguments() {}

    /** Returns touches as {@code touch.lua} expects them: the form {@code plain} if none has a session or data. */
    static List<String> touches(List<Touch> touches) {
        List<String> args = new ArrayList<>(1 + 2 * touches.size());
        if (arePlain(touches)) {
            args.add("plain");
            touches.forEach(touch -> args.add(touch.member()));
        } else {
            args.add("rich");
            for (Touch touch : touches) {
                args.add(touch.member());
                args.add(packed(touch.session(), touch.data()));
            }
        }
        return args;
    }

    /**
     * Returns a session and its data as the scripts store them: the name with its length in bytes, then {@code =} and the data.
     * Empty for the default session without data. So a heartbeat that says nothing new equals what is stored.
     */
    static String packed(@Nullable String session, @Nullable String data) {
        if (session == null && data == null) {
            return "";
        }
        String name = Objects.requireNonNullElse(session, "");
        String begin = Utf8Length.of(name) + ":" + name;
        return data == null ? begin : begin + "=" + data;
    }

    /** Without a stream, which costs more than a small batch. */
    private static boolean arePlain(List<Touch> touches) {
        for (Touch touch : touches) {
            if (touch.session() != null || touch.data() != null) {
                return false;
            }
        }
        return true;
    }

    /** Returns leaves as {@code leave.lua} expects them; an empty session means all of them. */
    static List<String> leaves(List<Leave> leaves) {
        List<String> args = new ArrayList<>(2 * leaves.size());
        for (Leave leave : leaves) {
            args.add(leave.member());
            args.add(Objects.requireNonNullElse(leave.session(), ""));
        }
        return args;
    }
}
