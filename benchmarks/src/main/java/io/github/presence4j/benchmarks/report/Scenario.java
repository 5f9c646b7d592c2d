package io.github.presence4j.benchmarks.report;

/** The names of what is done, by which the plan, the targets and the report speak of the same thing. */
public final class Scenario {
    /** Heartbeats of members that are live. */
    public static final String RENEW = "touch, 2 threads that wait";
    /** By one thread. */
    public static final String RENEW_1 = "touch, 1 thread that waits";
    /** By 64 threads. */
    public static final String RENEW_64 = "touch, 64 threads that wait";
    /** On a clock a thousand times as fast. */
    public static final String RENEW_SPREAD = "touch, each member's beats seconds apart";
    /** Without waiting. */
    public static final String TOUCH = "touch, 512 under way";
    /** In bulk. */
    public static final String TOUCH_ALL = "touchAll(256), members";
    /** A question. */
    public static final String IS_LIVE = "isLive, 2 threads that wait";
    /** Without waiting. */
    public static final String IS_LIVE_ASYNC = "isLive, 512 under way";
    /** In bulk. */
    public static final String LIVE_AMONG = "liveAmong(100), names";
    /** A member joins and leaves. */
    public static final String JOIN = "join and leave, 512 under way";
    /** Heartbeats of sessions that are live. */
    public static final String TAB_RENEW = "touch of a tab, 2 threads that wait";
    /** Each with what the session said before. */
    public static final String TAB_DATA_RENEW = "touch of a tab with data, 2 threads that wait";
    /** By one thread. */
    public static final String TAB_DATA_RENEW_1 = "touch of a tab with data, 1 thread that waits";
    /** Without waiting. */
    public static final String TAB = "touch of a tab, 512 under way";
    /** Each with what the session said before. */
    public static final String TAB_DATA = "touch of a tab with data, 512 under way";
    /** Of members that have three each. */
    public static final String THREE_TABS = "touch of one of three tabs with data, 512 under way";
    /** Mostly with what the session said before. */
    public static final String TAB_CHANGING = "touch of a tab, data change in 1 of 20, 512 under way";
    /** In bulk. */
    public static final String TAB_ALL = "touch(256) of tabs with data, sessions";
    /** Of a member that has very many. */
    public static final String ONE_OF_MANY = "touch of one of a member's 1,000 sessions, 1 thread that waits";
    /** Of a member that has very many, in bulk. */
    public static final String BULK_OF_MANY = "touch(256) of a member's 1,000 sessions";
    /** A member without sessions, while others have some. */
    public static final String MIXED = "touch where 1 member of 10 has a tab, 512 under way";
    /** A member joins with a session, which leaves. */
    public static final String TAB_JOIN = "join and leave of a tab with data, 512 under way";
    /** What a server spends. */
    public static final String TAB_SERVER_CPU = "server's CPU per touch of a tab with data, 512 under way";
    /** The same, one at a time. */
    public static final String ONE_SERVER_CPU = "server's CPU per touch of a tab with data, one at a time";
    /** The same, of a member that has very many. */
    public static final String MANY_SERVER_CPU = "server's CPU per touch of one of 1,000 sessions, one at a time";
    /** Memory. */
    public static final String TAB_MEMORY = "memory per member with a tab and data";
    /** Memory, as if each name came from the network. */
    public static final String TAB_MEMORY_ALL = "memory per member with a tab and data, all names counted";
    /** How many. */
    public static final String COUNT = "count";
    /** A list. */
    public static final String LIST_FEW = "list of 1 k";
    /** A list. */
    public static final String LIST = "list of 100 k";
    /** The longest command of a server during the listing, by the server's own measurement. */
    public static final String LIST_COMMAND = "longest command while 100 k are listed";
    /** The longest wait of another client during the listing. */
    public static final String LIST_PING = "slowest PING while 100 k are listed";
    /** All together. */
    public static final String CRM = "a CRM day, 512 under way";
    /** Small topics. */
    public static final String ROOMS = "touch in 100 k rooms of 5, 512 under way";
    /** Small. */
    public static final String GROWTH_FEW = "touch among 10 k members";
    /** Middling. */
    public static final String GROWTH = "touch among 100 k members";
    /** Large. */
    public static final String GROWTH_MANY = "touch among 1 M members";
    /** What a server spends. */
    public static final String SERVER_CPU = "server's CPU per touch, 512 under way";
    /** The same in bulk. */
    public static final String SERVER_CPU_BULK = "server's CPU per member, touchAll(256)";
    /** Memory. */
    public static final String MEMORY = "memory per member";
    /** From touch to event. */
    public static final String WATCH = "join seen by another process";
    /** What watching costs while nothing happens. */
    public static final String WATCHED = "store calls for 10 k watched topics";
    /** Begins the name of each phase. */
    public static final String MILLION = "1 M members: ";

    private Scenario() {}
}
