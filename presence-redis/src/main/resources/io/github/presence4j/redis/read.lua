-- Included by the reads, after the limits. Time and cutoff of a look at the cell; changes nothing.
-- KEYS     live meta, and as the script needs them: sessions names left; or meta alone, in a slot that is being moved
-- ARGV[1]  window in ms, or -1 for the recorded TTL
local live, meta, sessions, names, left = unpack(KEYS)
if not meta then
  meta = KEYS[1]
  local prefix = string.sub(meta, 1, -5)
  live, sessions, names, left = prefix .. 'live', prefix .. 'sessions', prefix .. 'names', prefix .. 'left'
end
local time = redis.call('TIME')
local state = redis.call('HMGET', meta, 'ttl', 'floor', 'shift', 'clock', 'rich', 'tombstones_due', 'stale')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + (state[3] or 0)
local clock = tonumber(state[4] or 0)
local rich = state[5]
-- The server's clock was set back and no write has noticed yet: time stands still until one does, and is not turned back.
local stale = 0
if now < clock then
  stale = clock - now > 1000 and 1 or 0
  now = clock
end
-- If a mandatory key of the cell is missing, a write must drop the others.
if state[4] then
  local there = redis.pcall('EXISTS', live, names or live, rich and sessions or live)
  if type(there) == 'table' then
    return string.find(there.err, 'non local key', 1, true)
      and redis.error_reply('TRYAGAIN The keys of this topic are being moved to another node') or there
  end
  if there ~= 3 then stale = 1 end
end
local span = tonumber(state[1] or 0)
if ARGV[1] ~= '-1' then span = math.min(span, ARGV[1]) end
local cutoff = math.max(now - span, state[2] or 0)
-- A cell from before a reset has no live members, even if the metadata was lost and names it again. For some seconds it still answers
-- as before, so that a read which began before the reset gets the same from all cells.
if state[7] and now - state[7] > ANSWERS_AFTER_RESET_MILLIS then cutoff = 9e15 end

-- What the sessions of a member say, flattened: name, lastSeen and data (or false) of those that are live.
local function live_sessions(json)
  local flat = {}
  for _, s in ipairs(cjson.decode(json)) do
    if s[2] >= cutoff then
      flat[#flat + 1] = s[1]
      flat[#flat + 1] = string.format('%.0f', s[2])
      flat[#flat + 1] = s[3] or false
    end
  end
  return flat
end
