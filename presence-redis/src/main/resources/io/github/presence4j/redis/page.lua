-- A part of who is live, in the order of the names' bytes. Changes nothing (R1).
-- KEYS     live meta sessions names
-- ARGV     window or -1; '' or the name to go on after; how many names to look at
-- returns  {stale, next name or false, {name, lastSeen or {lastSeen, sessions} as in live.lua, ...}}
-- cost     O(log members + names looked at)
-- include: look
local limit = tonumber(ARGV[3])
local found = redis.call('ZRANGEBYLEX', KEYS[4], ARGV[2] == '' and '-' or '(' .. ARGV[2], '+', 'LIMIT', 0, limit)
if #found == 0 then return {stale, false, {}} end
local scores = redis.call('ZMSCORE', KEYS[1], unpack(found))
local details = rich and redis.call('HMGET', KEYS[3], unpack(found))
local page = {}
for i = 1, #found do
  local score = scores[i]
  if score and tonumber(score) >= cutoff then
    page[#page + 1] = found[i]
    page[#page + 1] = details and details[i] and {score, live_sessions(details[i])} or score
  end
end
return {stale, #found == limit and found[limit], page}
