-- When some members were seen, for a caller that tells who of them is live by the cutoff. Changes nothing (R1).
-- KEYS     live meta
-- ARGV     window or -1; then the members
-- returns  {stale, cutoff, times}: all in ms, a time is false for who is not there; stale as in live.lua
-- cost     O(members asked)
-- include: limits
-- include: read
return {stale, cutoff, redis.call('ZMSCORE', live, unpack(ARGV, 2))}
