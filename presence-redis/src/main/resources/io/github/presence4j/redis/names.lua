-- Who is live, in the order of when they were seen, in which heartbeats move them towards the end: so who was passed may be
-- named again, and who was not is still to come. Only a session that left moves its member back; when the end is reached,
-- those whose sessions left meanwhile are named too. After a reset, or on a server that took over and may have lost some moves, it
-- begins anew.
-- While many are left it names nobody, but divides those of a few ranges by time: plain range commands name them, in any order, and
-- then this goes on behind them. Changes nothing (R1).
-- KEYS     live meta sessions times names left
-- ARGV     window or -1; '' or what was returned as the next; how many a range holds; how many ranges; how many to name where that ends
--          it, more than move meanwhile
-- returns  {stale, what to hand back to go on or false, names, times between the ranges, whether any of these names, or else of the
--          ranges before, may have been named earlier: 0 or 1, and a sixth element if the server cannot be identified}
-- cost     O(ranges * log members) or O(log members + names), and all who were seen or left in one millisecond if those are more
-- include: limits
-- include: read
local info = redis.pcall('INFO', 'server')
local server = type(info) == 'string' and string.match(info, 'run_id:(%x+)')
-- Without the right to use INFO, a failover would not be noticed. The caller lists page by page instead.
if not server then return {stale, false, {}, {}, 0, 'unknown'} end
local history = server .. (redis.call('HGET', meta, 'epoch') or '')
local part, from, since, known = string.match(ARGV[2], '^(%a+) (%d+) (%d+) (%x+)$')
local anew = known ~= history
if anew then
  if part ~= 'behind' then part = 'live' end
  from, since = '0', ARGV[2] == '' and string.format('%.0f', clock) or '0'
end

local function cursor(where, score) return table.concat({where, score, since, history}, ' ') end

-- The times that divide the members from a score on: they were seen from one to just before the next.
local function divide(score)
  local times = {score}
  local rank = redis.call('ZCOUNT', live, '-inf', '(' .. score)
  for i = 1, ARGV[4] do
    local bound = redis.call('ZRANGE', live, rank + i * ARGV[3], rank + i * ARGV[3], 'WITHSCORES')[2]
    if not bound then break end
    if bound ~= times[#times] then times[#times + 1] = bound end
  end
  if #times == 1 then times[2] = redis.call('ZRANGEBYSCORE', live, '(' .. score, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2] end
  return times
end

-- Whether one of those who were seen up to a time may have moved after the listing began: by being seen, or leaving.
local function moved(newest) return newest >= tonumber(since) or state[6] and redis.call('ZCOUNT', left, since, '+inf') > 0 end

local names, repeats = {}, true
if part ~= 'left' then
  local low = string.format('%.0f', math.max(from, cutoff))
  repeats = ARGV[2] ~= '' and (anew or moved(from - 1))
  local rest = redis.call('ZCOUNT', live, low, '+inf')
  if rest > tonumber(ARGV[5]) then
    local times = divide(low)
    if #times > 1 then return {stale, cursor('behind', times[#times]), {}, times, repeats and 1 or 0} end
  end
  if part == 'behind' then return {stale, cursor('live', low), {}, {}, repeats and 1 or 0} end
  names = redis.call('ZRANGEBYSCORE', live, low, '+inf', 'LIMIT', 0, rest)
  repeats = ARGV[2] ~= '' and #names > 0 and moved(tonumber(redis.call('ZSCORE', live, names[#names])))
  if anew then return {stale, false, names, {}, repeats and 1 or 0} end
  from = since
end

local limit, departures, last = math.max(1, ARGV[5] - #names), {}, false
repeat
  departures = state[6] and redis.call('ZRANGEBYSCORE', left, from, '+inf', 'LIMIT', 0, limit) or {}
  last = #departures == limit and redis.call('ZSCORE', left, departures[limit])
  limit = 2 * limit
until not last or tonumber(last) > tonumber(from)
for _, tombstone in ipairs(departures) do
  local length, rest = string.match(tombstone, '^(%d+):(.*)$')
  local member = string.sub(rest, 1, length)
  local score = redis.call('ZSCORE', live, member)
  if score and tonumber(score) >= cutoff then names[#names + 1] = member end
end
return {stale, last and cursor('left', last), names, {}, repeats and 1 or 0}
