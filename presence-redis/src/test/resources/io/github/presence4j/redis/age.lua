-- Lets time pass for all that is stored of one cell.
-- KEYS  live meta names sessions left log times
-- ARGV  ms; negative to set the clock back
local by = tonumber(ARGV[1])
local function text(number) return string.format('%.0f', number) end
local function older(key, list)
  for i = 1, #list, 2 do redis.call('ZADD', key, text(list[i + 1] - by), list[i]) end
end
older(KEYS[1], redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES'))
older(KEYS[5], redis.call('ZRANGE', KEYS[5], 0, -1, 'WITHSCORES'))
older(KEYS[7], redis.call('ZRANGE', KEYS[7], 0, -1, 'WITHSCORES'))
for _, field in ipairs({'floor', 'clock', 'tended', 'due', 'watched', 'tombstones_due', 'signalled', 'switched'}) do
  local time = redis.call('HGET', KEYS[2], field)
  if time then redis.call('HSET', KEYS[2], field, text(time - by)) end
end
for i = 1, #KEYS do
  local life = redis.call('PTTL', KEYS[i])
  if life >= 0 then redis.call('PEXPIRE', KEYS[i], text(life - by)) end
end
return {}
