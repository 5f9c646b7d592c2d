-- Which of some members are live. Changes nothing (R1).
-- KEYS     live meta sessions
-- ARGV     window or -1; then the members
-- returns  {stale, answers}: per member false, its lastSeen in ms, or {lastSeen, {session, lastSeen, data or false, ...}};
--          stale is 1 if the server's clock was set back and the cell has yet to be told
-- cost     O(members asked)
-- include: look
local scores = redis.call('ZMSCORE', KEYS[1], unpack(ARGV, 2))
local details = rich and redis.call('HMGET', KEYS[3], unpack(ARGV, 2))
for i = 1, #scores do
  local score = scores[i]
  if not score or tonumber(score) < cutoff then
    scores[i] = false
  elseif details and details[i] then
    scores[i] = {score, live_sessions(details[i])}
  end
end
return {stale, scores}
