using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>Conferences as they might be on some day, to look at: told to the app as SignalWire would tell it.</summary>
/// <param name="host">The app.</param>
public sealed class Showcase(TestHost host)
{
    // What Callback.Json counts its seconds from.
    private static readonly DateTimeOffset Epoch = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600);

    private static readonly int[] Speakers = [1, 0, 6, 1, 4, 0];

    private readonly double _now = (TimeProvider.System.GetUtcNow() - Epoch).TotalSeconds;

    /// <summary>A conference in progress, some of whose participants speak, are muted, on hold or coaching.</summary>
    /// <param name="id">Conference id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="minutes">For how long it has lasted.</param>
    /// <param name="roles">The roles of its participants, in order.</param>
    public async Task LiveAsync(string id, string name, int minutes, params string[] roles)
    {
        double start = _now - (minutes * 60);
        await TellAsync(id, name, "conference-start", start);
        for (int i = 0; i < roles.Length; i++)
        {
            await JoinAsync(id, name, i, roles[i], start + (i * 7), i + 1);
        }

        await TellAsync(id, name, "record-start", start + 1);
        await SpeakInTurnAsync(id, name, start + 90, Second(0) - 30, [.. Speakers.Where(speaker => speaker < roles.Length)]);
        (int Participant, string Status)[] states = [(0, "participant-speech-start"), (2, "participant-mute"), (3, "participant-hold"), (5, "participant-mute")];
        foreach ((int participant, string status) in states.Where(state => state.Participant < roles.Length))
        {
            await TellAsync(id, name, status, Second(0) - 20 - (minutes * participant * 3), CallId(id, participant));
        }
    }

    /// <summary>A conference that has ended.</summary>
    /// <param name="id">Conference id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="hoursAgo">How long ago it started.</param>
    /// <param name="minutes">How long it lasted.</param>
    /// <param name="participants">How many were there.</param>
    public async Task EndedAsync(string id, string name, double hoursAgo, int minutes, int participants)
    {
        double start = Second(hoursAgo);
        await TellAsync(id, name, "conference-start", start);
        for (int i = 0; i < participants; i++)
        {
            await JoinAsync(id, name, i, i == 0 ? "moderator" : "participant", start + (i * 5), i + 1);
        }

        await TellAsync(id, name, "conference-end", start + (minutes * 60), CallId(id, 0), new JsonObject { ["reason_ended"] = "last-participant-left" });
    }

    /// <summary>Waits until as many conferences are known.</summary>
    public async Task AppliedAsync(int conferences) => await TestHost.EventuallyAsync(
        () => host.GetAsync("conferences", ApiJson.Default.PageConference),
        page => page!.Items.Count == conferences && page.Items.All(conference => conference.Live || conference.EndedAt is not null));

    /// <summary>The second, as <see cref="Callback"/> counts, that was so many hours ago.</summary>
    public double Second(double hoursAgo) => _now - (hoursAgo * 3600);

    /// <summary>Call id of a participant.</summary>
    public static string CallId(string conferenceId, int participant) =>
        string.Create(CultureInfo.InvariantCulture, $"{conferenceId[..8]}-0000-4000-8000-{participant:D12}");

    /// <summary>Tells the app that something happened.</summary>
    public async Task TellAsync(string id, string name, string status, double second, string? callId = null, JsonObject? more = null)
    {
        JsonObject parameters = more?.DeepClone().AsObject() ?? [];
        parameters["name"] = name;
        using HttpResponseMessage response = await host.PostEventAsync(Callback.Json(id, status, second, callId, parameters), Document(name));
        response.EnsureSuccessStatusCode();
    }

    private async Task SpeakInTurnAsync(string id, string name, double from, double to, int[] speakers)
    {
        List<Task> told = [];
        double at = from;
        for (int turn = 0; at + 60 < to; turn++)
        {
            string callId = CallId(id, speakers[turn % speakers.Length]);
            double until = at + 20 + (turn * 37 % 60);
            told.Add(TellAsync(id, name, "participant-speech-start", at, callId));
            told.Add(TellAsync(id, name, "participant-speech-stop", until, callId));
            at = until + 5 + (turn * 13 % 20);
        }

        await Task.WhenAll(told);
    }

    private async Task JoinAsync(string id, string name, int participant, string role, double second, int size)
    {
        string callId = CallId(id, participant);
        var call = new JsonObject
        {
            ["call"] = new JsonObject
            {
                ["call_id"] = callId,
                ["from"] = string.Create(CultureInfo.InvariantCulture, $"+1212555{(Math.Abs(name.Length * 379) + (participant * 117)) % 10_000:D4}"),
                ["to"] = "+12125550100",
                ["direction"] = "inbound",
                ["type"] = "phone",
            },
        };
        using HttpResponseMessage fetched = await host.Client.PostAsJsonAsync(
            new Uri(host.Urls.Swml(Document(name), $"role={role}{(role == "coach" ? $"&coach={CallId(id, 0)}" : "")}")), call, TestContext.Current.CancellationToken);
        fetched.EnsureSuccessStatusCode();
        await TellAsync(id, name, "participant-join", second, callId, new JsonObject { ["size"] = size, ["coaching"] = role == "coach" });
    }

    private static string Document(string name) => string.Concat(name.ToLowerInvariant().Take(64).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
