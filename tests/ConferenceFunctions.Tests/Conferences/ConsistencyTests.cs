using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Tests.Conferences;

public class ConsistencyTests
{
    private static readonly ParticipantState Inside = Of([10], []);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void One_who_joins_alone_leaves_no_choice(int reported, bool consistent) => Assert.Equal(consistent, At(reported, Inside, Of([20], [])));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void One_who_leaves_alone_leaves_no_choice(int reported, bool consistent) => Assert.Equal(consistent, At(reported, Inside, Of([10], [20])));

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Of_two_who_join_at_one_time_the_report_may_come_with_either(int reported, bool consistent) =>
        Assert.Equal(consistent, At(reported, Inside, Of([20], []), Of([20], [])));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Of_two_who_leave_at_one_time_the_report_may_come_with_either(int reported, bool consistent) =>
        Assert.Equal(consistent, At(reported, Of([10], [20]), Of([10], [20])));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Of_one_who_joins_and_one_who_leaves_either_may_be_first(int reported, bool consistent) =>
        Assert.Equal(consistent, At(reported, Inside, Of([10], [20]), Of([20], [])));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void One_who_leaves_and_comes_again_at_one_time_was_away_in_between(int reported, bool consistent) =>
        Assert.Equal(consistent, At(reported, Of([10, 20], [20])));

    [Fact]
    public void Who_was_inside_and_joins_again_is_counted_once() => Assert.True(At(1, Of([10, 20], [])));

    [Fact]
    public void What_happened_later_does_not_count() => Assert.True(At(2, Inside, Of([20], [30]), Of([25], [])));

    [Fact]
    public void The_count_is_of_all_that_had_happened_by_then() =>
        Assert.Equal(3, Consistency.Of(2, 20, [Inside, Of([20], []), Of([20], [])]).CountedSize);

    private static bool At(int reported, params ParticipantState[] participants) => Consistency.Of(reported, 20, participants).Consistent;

    private static ParticipantState Of(long[] joins, long[] leaves) => new() { Joins = new TimeMarks([.. joins], false), Leaves = new TimeMarks([.. leaves], false) };
}
