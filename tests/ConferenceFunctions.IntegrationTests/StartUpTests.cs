using System.Net;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Swml;

namespace ConferenceFunctions.IntegrationTests;

public class StartUpTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_first_answer_for_a_document_costs_the_read_of_its_blob_and_nothing_else()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using (TestHost author = await TestHost.StartAsync(azurite, storage: proxy.DirectConnectionString))
        {
            await author.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
            using var document = new StringContent(Seed.BasicJoin);
            using HttpResponseMessage stored = await author.Client.PutAsync(new Uri("documents/stored", UriKind.Relative), document, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        }

        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        using HttpResponseMessage answer = await host.Client.GetAsync(new Uri(host.Urls.Swml("stored")), TestContext.Current.CancellationToken);
        (string Service, string Method, string Target)[] requests = [.. proxy.Requests];

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // LocalHost checks storage and its pumps ask for messages, as the Functions host does beside the app.
        (string _, string method, string target) = Assert.Single(requests, request => !IsPoll(request));
        Assert.Equal("GET", method);
        Assert.EndsWith($"/{StorageNames.DocumentContainer}/stored", target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_answer_for_a_document_that_is_not_stored_creates_nothing_first()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        // Without queues to be found missing, nothing is created on account of the pumps.
        proxy.Intercept = (service, context) =>
        {
            bool isPump = service == "queue" && !context.Request.QueryString.Value!.Contains("comp=properties", StringComparison.Ordinal);
            if (isPump)
            {
                context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            }

            return Task.FromResult(isPump);
        };
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);

        using HttpResponseMessage answer = await host.Client.GetAsync(new Uri(host.Urls.Swml("implicit")), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        (string _, string method, string target) = Assert.Single(proxy.Requests, request => request.Service != "queue");
        Assert.Equal("GET", method);
        Assert.EndsWith($"/{StorageNames.DocumentContainer}/implicit", target, StringComparison.Ordinal);
    }

    private static bool IsPoll((string Service, string Method, string Target) request) => request is { Service: "queue", Method: "GET" }
        && (request.Target.Contains("/messages?", StringComparison.Ordinal) || request.Target.Contains("comp=properties", StringComparison.Ordinal));
}
