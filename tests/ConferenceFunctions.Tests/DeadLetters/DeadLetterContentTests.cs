using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.DeadLetters;

namespace ConferenceFunctions.Tests.DeadLetters;

public class DeadLetterContentTests
{
    public static TheoryData<CallbackKind> Kinds { get; } = [.. Enum.GetValues<CallbackKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_way_a_callback_came_it_can_be_set_aside_and_goes_back_the_same_way(CallbackKind kind) =>
        Assert.Equal(kind, DeadLetter.KindOf(DeadLetter.ContentOf(kind)));
}
