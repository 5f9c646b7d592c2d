package io.github.presence4j.hazelcast;

import java.util.List;
import java.util.regex.Pattern;

/** Checks the addresses of members early; Hazelcast would parse them much later or never. */
final class MemberAddresses {
    static final int MAX_PORT = 65_535;
    private static final Pattern IP_VERSION_6 =
            Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%\\w+)?|\\[.+]");

    private MemberAddresses() {}

    /** Returns the addresses without surrounding blanks. */
    static List<String> parse(List<String> members) {
        return members.stream().map(MemberAddresses::parse).toList();
    }

    private static String parse(String member) {
        String address = member.trim();
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > 0 && (address.indexOf(':') == colon || address.charAt(colon - 1) == ']');
        boolean valid = colon < 0
                ? !address.isEmpty()
                : hasPort
                        ? isPort(address.substring(colon + 1))
                        : IP_VERSION_6.matcher(address).matches();
        if (!valid) {
            throw new IllegalArgumentException("members must be host or host:port but one was '" + member + "'");
        }
        return address;
    }

    private static boolean isPort(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 1 && port <= MAX_PORT;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
