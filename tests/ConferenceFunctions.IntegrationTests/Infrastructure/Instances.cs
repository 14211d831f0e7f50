namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>
/// Several LocalHost processes on one storage account behind one address, as the instances of a function app are. Each can be killed
/// and is replaced.
/// </summary>
public sealed class Instances : DelegatingHandler
{
    /// <summary>The address that they are known by. Nothing listens there: requests to it are handed to one instance after the other.</summary>
    public const string BaseUrl = "http://127.0.0.1:1";

    private readonly string _storage;
    private readonly LocalHostProcess[] _processes;
    private readonly Uri[] _urls;
    private int _turn;

    private Instances(string storage, int count)
        : base(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) =>
        (_storage, _processes, _urls) = (storage, new LocalHostProcess[count], new Uri[count]);

    /// <summary>Starts them.</summary>
    public static async Task<Instances> StartAsync(string storage, int count)
    {
        var instances = new Instances(storage, count);
        await Task.WhenAll(Enumerable.Range(0, count).Select(instances.StartOneAsync));
        return instances;
    }

    /// <summary>Kills one, whatever it is doing.</summary>
    public Task KillAsync(int instance) => _processes[instance].KillAsync();

    /// <summary>Starts one in place of one that was killed.</summary>
    public async Task ReplaceAsync(int instance)
    {
        await _processes[instance].DisposeAsync();
        await StartOneAsync(instance);
    }

    /// <summary>Ends all of them.</summary>
    public async Task EndAsync()
    {
        foreach (LocalHostProcess process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Audio is fetched from storage itself.
        if (request.RequestUri!.GetLeftPart(UriPartial.Authority) == BaseUrl)
        {
            Uri instance = _urls[(uint)Interlocked.Increment(ref _turn) % _urls.Length];
            request.RequestUri = new Uri(instance, request.RequestUri.PathAndQuery);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private async Task StartOneAsync(int instance)
    {
        _processes[instance] = LocalHostProcess.Start(
            ["--urls", "http://127.0.0.1:0", "--storage", _storage],
            new Dictionary<string, string?>
            {
                ["PublicBaseUrl"] = BaseUrl,
                // What an instance has failed at is tried again soon, and not only when nobody waits for it any more.
                ["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:02",
            });
        _urls[instance] = new Uri(await _processes[instance].ReadyAsync());
    }
}
