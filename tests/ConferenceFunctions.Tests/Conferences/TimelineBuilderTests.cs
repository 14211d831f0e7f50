using System.Globalization;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Tests.Conferences;

public class TimelineBuilderTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddSeconds(1000);

    [Fact]
    public void What_is_switched_on_and_off_is_an_interval() =>
        Assert.Equal("10-20/10 30-35/5 =15", Muted([Mute(10), Mute(20, false), Mute(30), Mute(35, false)]));

    [Fact]
    public void Marks_may_come_in_any_order() => Assert.Equal("10-20/10 =10", Muted([Mute(20, false), Mute(10)]));

    [Fact]
    public void What_is_on_already_is_not_switched_on_again() => Assert.Equal("10-30/20 =20", Muted([Mute(10), Mute(20), Mute(30, false), Mute(40, false)]));

    [Fact]
    public void Flags_of_any_event_count() =>
        Assert.Equal("10-20/10 =10", Muted([Mark(10, "participant-join", muted: true), Mark(15, "participant-hold"), Mark(20, "participant-modify", muted: false)]));

    [Fact]
    public void Leaving_ends_everything() => Assert.Equal("10-20/10 =10", Muted([Mute(10), Mark(20, "participant-leave", muted: true), Mute(25, false)]));

    [Fact]
    public void The_end_of_the_conference_ends_what_is_open() => Assert.Equal("10-50/40 =40", Muted([Mute(10)], 50));

    [Fact]
    public void What_begins_after_the_end_lasts_for_no_time() => Assert.Equal("60-60/0 =0", Muted([Mute(60)], 50));

    [Fact]
    public void What_lasts_is_counted_until_now() => Assert.Equal("10-…/990 =990", Muted([Mute(10)]));

    [Fact]
    public void What_has_no_time_has_no_length() => Assert.Equal("?-20/? =0", Muted([Mute(0), Mute(20, false)]));

    [Fact]
    public void At_one_time_the_greater_id_decides() => Assert.Equal("10-…/990 =990", Muted([Mute(10, true, "b"), Mute(10, false, "a")]));

    [Fact]
    public void Speaking_is_between_start_and_stop()
    {
        ParticipantTimeline timeline = Build([Mark(10, "participant-speech-start"), Mark(12, "participant-speech-stop"), Mark(14, "participant-speech-start")], 20);

        Assert.Equal("10-12/2 14-20/6 =8", Show(timeline.Speaking));
        Assert.Equal("=0", Show(timeline.Held));
    }

    [Fact]
    public void Held_and_coaching_are_lanes_of_their_own()
    {
        ParticipantTimeline timeline = Build([Mark(10, "participant-hold", held: true), Mark(11, "participant-modify", coaching: true), Mark(12, "participant-unhold", held: false)], 20);

        Assert.Equal("10-12/2 =2", Show(timeline.Held));
        Assert.Equal("11-20/9 =9", Show(timeline.Coaching));
        Assert.Equal("=0", Show(timeline.Muted));
    }

    [Fact]
    public void Twenty_thousand_stays_make_as_many_stints()
    {
        long[] joins = [.. Enumerable.Range(1, 20_000).Select(stay => stay * 10_000_000L)];
        long[] leaves = [.. joins.Select(join => join + 4_000_000)];

        IReadOnlyList<Stint> stints = Stints.From(joins, leaves, null, Now);

        Assert.Equal(20_000, stints.Count);
        Assert.All(stints, stint => Assert.Equal(4, stint.Seconds));
    }

    private static string Muted(EventMark[] marks, long? ended = null) => Show(Build(marks, ended).Muted);

    private static ParticipantTimeline Build(EventMark[] marks, long? ended) => TimelineBuilder.Build(
        "a", null, marks, [], ended is null ? null : new ConferenceEnd(ended.Value * 1_000_000, StintEnd.ConferenceEnded), Now);

    private static EventMark Mute(long second, bool on = true, string id = "x") => Mark(second, on ? "participant-mute" : "participant-unmute", muted: on, id: id);

    private static EventMark Mark(long second, string status, bool? muted = null, bool? held = null, bool? coaching = null, string id = "x") =>
        new(new EventKey(second * 1_000_000, status, "a", id), muted, held, coaching);

    private static string Show(TimelineLane lane) => string.Join(' ', lane.Intervals
        .Select(interval => $"{Second(interval.From)}-{(interval.Open ? "…" : Second(interval.To))}/{interval.Seconds?.ToString(CultureInfo.InvariantCulture) ?? "?"}")
        .Append(FormattableString.Invariant($"={lane.TotalSeconds}")));

    private static string Second(DateTimeOffset? time) => time is null ? "?" : $"{EventTime.From(time.Value) / 1_000_000}";
}
