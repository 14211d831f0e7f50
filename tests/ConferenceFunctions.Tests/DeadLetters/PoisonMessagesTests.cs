using System.Text.Json.Nodes;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.DeadLetters;

public class PoisonMessagesTests
{
    [Fact]
    public void A_poison_message_was_tried_as_often_as_host_json_says() => Assert.Equal(
        PoisonMessages.Tries,
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!["extensions"]!["queues"]!["maxDequeueCount"]!.GetValue<int>());
}
