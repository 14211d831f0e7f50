using ConferenceFunctions.Simulator;

namespace ConferenceFunctions.Tests.Simulator;

public class SimulatorCommandTests
{
    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("run --url")]
    [InlineData("run --url https://example.com/api/swml/team --participants many")]
    [InlineData("run --url https://example.com/api/swml/team --unknown")]
    [InlineData("run --url team")]
    [InlineData("load")]
    [InlineData("load --url https://example.com/api/swml/team --conferences many")]
    [InlineData("load --url https://example.com/api/swml/team --drop 1")]
    public async Task Arguments_that_cannot_be_used_are_exit_code_2(string arguments) =>
        Assert.Equal(2, await SimulatorCommand.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
