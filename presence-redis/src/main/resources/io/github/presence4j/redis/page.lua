-- A part of who is live, in the order of the names' bytes. Changes nothing (R1).
-- KEYS     live meta sessions times names
-- ARGV     window or -1; '' or the name to continue after; how many names to examine; most bytes of names and sessions to return
--          (the first member may exceed it)
-- returns  {stale, next name or false, {name, lastSeen or {lastSeen, sessions} as in live.lua, ...}}
-- cost     O(log members + names examined + bytes)
-- include: limits
-- include: read
local limit, bytes = tonumber(ARGV[3]), tonumber(ARGV[4])
-- Skips the empty name, which is not a member but keeps the key in existence.
local members = redis.call('ZRANGEBYLEX', names, '(' .. ARGV[2], '+', 'LIMIT', 0, limit)
if #members == 0 then return {stale, false, {}} end
local scores = redis.call('ZMSCORE', live, unpack(members))
local page, used, read, step, details, from, to = {}, 0, 0, 16, {}, 0, 0
for i = 1, #members do
  if rich and i > to then
    -- Reads as many as should fit, judged by the size of the previous ones.
    from, to = to, math.min(#members, to + step)
    details = redis.call('HMGET', sessions, unpack(members, from + 1, to))
  end
  local score, detail = scores[i], details[i - from]
  read = read + (detail and #detail or 0)
  if score and tonumber(score) >= cutoff then
    local sessions_of, size = nil, 0
    if detail then
      sessions_of, size = live_sessions(members[i], detail, score)
      read = read + math.max(0, size - #detail)
    end
    size = size + #members[i]
    if #page > 0 and used + size > bytes then return {stale, members[i - 1], page} end
    used = used + size
    page[#page + 1] = members[i]
    page[#page + 1] = sessions_of and {score, sessions_of} or score
  end
  if i == to then step = math.max(1, math.min(4 * step, math.floor((bytes - used) * i / math.max(read, 1)))) end
end
return {stale, #members == limit and members[limit], page}
