package io.github.presence4j.redis;

import io.github.presence4j.Touch;
import io.github.presence4j.spi.Leave;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes changes as the arguments of the scripts that apply them. */
final class ScriptArguments {

    private ScriptArguments() {}

    /** Returns touches as {@code touch.lua} expects them: the form {@code plain} if none has a session or data. */
    static List<String> touches(List<Touch> touches) {
        List<String> args = new ArrayList<>(1 + 3 * touches.size());
        if (arePlain(touches)) {
            args.add("plain");
            touches.forEach(touch -> args.add(touch.member()));
        } else {
            args.add("rich");
            for (Touch touch : touches) {
                args.add(touch.member());
                args.add(Objects.requireNonNullElse(touch.session(), ""));
                args.add(touch.data() == null ? "" : "=" + touch.data());
            }
        }
        return args;
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
