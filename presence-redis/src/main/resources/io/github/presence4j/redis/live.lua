-- Which of some members are live. Changes nothing (R1).
-- KEYS     live meta sessions times
-- ARGV     window or -1; most bytes of sessions to return (one live member may exceed it); then the members
-- returns  {stale, answers}: per member false, its lastSeen in ms, or {lastSeen, {session, lastSeen, data or false, ...}}; fewer
--          answers than members if the byte limit was reached; stale is 1 if a write is needed first: the server's clock was set
--          back, or a key of the cell was lost
-- cost     O(members asked + bytes)
-- include: limits
-- include: read
local bytes = tonumber(ARGV[2])
local scores = redis.call('ZMSCORE', live, unpack(ARGV, 3))
local used, read, step, details, from, to = 0, 0, 16, {}, 0, 0
for i = 1, #scores do
  if rich and i > to then
    from, to = to, math.min(#scores, to + step)
    details = redis.call('HMGET', sessions, unpack(ARGV, from + 3, to + 2))
  end
  local score, detail = scores[i], details[i - from]
  read = read + (detail and #detail or 0)
  if not score or tonumber(score) < cutoff then
    scores[i] = false
  elseif detail then
    local found, size = live_sessions(ARGV[i + 2], detail, score)
    read = read + math.max(0, size - #detail)
    if used > 0 and used + size > bytes then return {stale, {unpack(scores, 1, i - 1)}} end
    used = used + size
    scores[i] = {score, found}
  end
  if i == to then step = math.max(1, math.min(4 * step, math.floor((bytes - used) * i / math.max(read, 1)))) end
end
return {stale, scores}
