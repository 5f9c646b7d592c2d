-- Who is live, in the order of when they were seen, in which heartbeats move them towards the end: so who was passed may be
-- named again, and who was not is still to come. Only a session that left moves its member back; when the end is reached,
-- those whose sessions left meanwhile are named too. After a reset, or on a server that took over and may have lost some moves, it
-- begins anew.
-- Told to stop short of the members of a few ranges, it divides those by time, so that plain range commands name them, one
-- after another, before this goes on behind them. Changes nothing (R1).
-- KEYS     live meta left
-- ARGV     window or -1; '' or what was returned as the next; how many to look at; how many ranges of as many; how many to look
--          at where that ends it, more than move meanwhile
-- returns  {stale, what to hand back to go on or false, names, times between the ranges, whether any of these or of the ranges
--          before may have been named earlier: 0 or 1}
-- cost     O(log members + names), and all who were seen or left in one millisecond if those are more
-- include: look
local server = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local history = server .. (redis.call('HGET', KEYS[2], 'epoch') or '')
local part, from, since, known = string.match(ARGV[2], '^(%a+) (%d+) (%d+) (%x+)$')
local anew = known ~= history
if anew then part, from, since = 'live', '0', ARGV[2] == '' and string.format('%.0f', clock) or '0' end

-- What is in a sorted set from a score on, and the score of the last, to go on from, if there is more.
local function range(key, low, limit)
  while true do
    local found = redis.call('ZRANGEBYSCORE', key, low, '+inf', 'LIMIT', 0, limit)
    local last = #found == limit and redis.call('ZSCORE', key, found[limit])
    if not last then return found, false end
    if tonumber(last) > tonumber(low) then return found, last end
    limit = 2 * limit
  end
end

local function cursor(where, score) return table.concat({where, score, since, history}, ' ') end

-- The times that divide the members from a score on: they were seen from one to just before the next.
local function divide(score)
  local times = {score}
  local rank = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. score)
  for i = 1, ARGV[4] do
    local bound = redis.call('ZRANGE', KEYS[1], rank + i * ARGV[3], rank + i * ARGV[3], 'WITHSCORES')[2]
    if not bound then break end
    if bound ~= times[#times] then times[#times + 1] = bound end
  end
  return times
end

-- Who moves is seen, or leaves, after the listing began.
local function again(names)
  local newest = #names > 0 and redis.call('ZSCORE', KEYS[1], names[#names])
  local moved = newest and tonumber(newest) >= tonumber(since) or redis.call('ZCOUNT', KEYS[3], since, '+inf') > 0
  return ARGV[2] ~= '' and moved and 1 or 0
end

local names, on, repeats = {}, nil, 0
if part == 'live' then
  local low = string.format('%.0f', math.max(from, cutoff))
  local rest = redis.call('ZCOUNT', KEYS[1], low, '+inf')
  names, on = range(KEYS[1], low, rest <= tonumber(ARGV[5]) and rest + 1 or tonumber(ARGV[3]))
  repeats = again(names)
  if on then
    if repeats == 0 then
      -- Who was seen when the last was is named by what goes on from there.
      for i = redis.call('ZCOUNT', KEYS[1], low, '(' .. on) + 1, #names do names[i] = nil end
    end
    local times = divide(on)
    return {stale, cursor('live', times[#times]), names, times, repeats}
  end
  if anew then return {stale, false, names, {}, repeats} end
  from = since
else
  repeats = 1
end
local departures, last = range(KEYS[3], from, math.max(1, ARGV[5] - #names))
for _, departure in ipairs(departures) do
  local length, rest = string.match(departure, '^(%d+):(.*)$')
  local member = string.sub(rest, 1, length)
  local score = redis.call('ZSCORE', KEYS[1], member)
  if score and tonumber(score) >= cutoff then names[#names + 1] = member end
end
return {stale, last and cursor('left', last), names, {}, repeats}
