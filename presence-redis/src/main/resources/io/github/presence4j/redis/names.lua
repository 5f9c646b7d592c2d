-- Who is live, in the order of when they were seen, in which heartbeats move them towards the end: so who was passed may be
-- named again, and who was not is still to come. Only a session that left moves its member back; when the end is reached,
-- those whose sessions left meanwhile are named too. A server that took over may have lost some moves: it begins anew.
-- Told to stop short of the members of a few ranges, it divides those by time, so that plain range commands name them, one
-- after another, before this goes on behind them. Changes nothing (R1).
-- KEYS     live meta left
-- ARGV     window or -1; '' or what was returned as the next; how many to look at; how many ranges of as many
-- returns  {stale, what to hand back to go on or false, names, times between the ranges}
-- cost     O(log members + names), and all who were seen or left in one millisecond if those are more
-- include: look
local server = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local part, from, since, begun = string.match(ARGV[2], '^(%a+) (%d+) (%d+) (%x+)$')
local first = begun ~= server
if first then part, from, since = 'live', '0', string.format('%.0f', clock) end

-- What is in a sorted set from a score on, and the score to go on from, if there is more.
local function range(key, low)
  local limit = tonumber(ARGV[3])
  while true do
    local found = redis.call('ZRANGEBYSCORE', key, low, '+inf', 'LIMIT', 0, limit)
    local last = #found == limit and redis.call('ZSCORE', key, found[limit])
    if not last or tonumber(last) > tonumber(low) then return found, last end
    limit = 2 * limit
  end
end

local function cursor(where, score) return table.concat({where, score, since, server}, ' ') end

-- The times that divide the members from here on: they were seen from one to just before the next.
local function divide(last, score)
  local times = {score}
  local rank = redis.call('ZRANK', KEYS[1], last)
  for i = 1, ARGV[4] do
    local bound = redis.call('ZRANGE', KEYS[1], rank + i * ARGV[3], rank + i * ARGV[3], 'WITHSCORES')[2]
    if not bound then break end
    if bound ~= times[#times] then times[#times + 1] = bound end
  end
  return times
end

local names, on = {}, nil
if part == 'live' then
  names, on = range(KEYS[1], string.format('%.0f', math.max(from, cutoff)))
  if on then
    local times = divide(names[#names], on)
    return {stale, cursor('live', times[#times]), names, times}
  end
  if first then return {stale, false, names, {}} end
  from = since
end
local departures, last = range(KEYS[3], from)
for _, departure in ipairs(departures) do
  local length, rest = string.match(departure, '^(%d+):(.*)$')
  local member = string.sub(rest, 1, length)
  local score = redis.call('ZSCORE', KEYS[1], member)
  if score and tonumber(score) >= cutoff then names[#names + 1] = member end
end
return {stale, last and cursor('left', last), names, {}}
