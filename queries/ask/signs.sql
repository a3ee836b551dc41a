-- Which interactions speak for the shop, and which against it?
-- What people rate (reviews) by where it stands on its scale: above or below 0 where
-- ratings go below 0, else the middle of 1, 5, 10 or 100 points, the least of these
-- that holds them all. Sharing and liking speak for it, tickets and complaints
-- against it, anything else neither. Up to as-of. $end: the moment after the as-of
-- day, in UTC. Columns: person_key; kind; at; value: as in the file; rated; sign: 1, −1 or 0.
select person_key, kind, "at", value, rated, case when rated and value is not null then sign(value - middle)::integer
    when kind in ('share', 'like', 'favourite', 'favorite', 'follow', 'invite', 'recommend', '分享', '转发', '点赞', '收藏', '关注') then 1
    when kind in ('ticket', 'complaint', 'dislike', 'unfollow', 'unsubscribe', '工单', '投诉', '取消关注') then -1
    else 0 end as sign
from (
  select *, kind in ('review', 'rating', 'comment', '评价', '评论', '评分') as rated from core.interactions where "at" is null or "at" < $end
) cross join (
  select case when min(value) < 0 then 0 when max(value) <= 1 then 0.5 when max(value) <= 5 then 3 when max(value) <= 10 then 5.5 else 50 end as middle
  from core.interactions where kind in ('review', 'rating', 'comment', '评价', '评论', '评分')
)
