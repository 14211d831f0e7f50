using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Callbacks;

public class CallbackReturnTests
{
    [Fact]
    public void What_is_put_back_waits_ever_longer_up_to_five_minutes_and_what_failed_together_does_not_come_back_together()
    {
        Seeded.Run(100, _ =>
        {
            Assert.InRange(CallbackReturn.Delay(0), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
            Assert.InRange(CallbackReturn.Delay(5), TimeSpan.FromSeconds(32), TimeSpan.FromSeconds(48));
            Assert.All([8, 9, 1_000_000], attempt => Assert.InRange(CallbackReturn.Delay(attempt), TimeSpan.FromSeconds(200), TimeSpan.FromMinutes(5)));
        });
        Assert.True(Enumerable.Range(0, 20).Select(_ => CallbackReturn.Delay(1000)).Distinct().Count() > 1);
    }
}
