using System.CommandLine;
using ConferenceFunctions.Simulator.Load;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Simulator;

/// <summary>The command line.</summary>
internal static class SimulatorCommand
{
    private static readonly SimulationOptions Defaults = new() { Urls = [] };
    private static readonly LoadOptions LoadDefaults = new() { Urls = [] };

    private static readonly Option<string[]> Url = new("--url")
    {
        Description = "URL of a SWML document (swml_url). Several: the first participants call one each, all others the last.",
        Required = true,
    };

    private static readonly Option<int> Participants = new("--participants")
    {
        Description = "How many call.",
        DefaultValueFactory = _ => Defaults.Participants,
    };

    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "How long it all takes, in simulated time.",
        DefaultValueFactory = _ => Defaults.Seconds,
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "How many times faster than real time it runs.",
        DefaultValueFactory = _ => Defaults.Speed,
    };

    private static readonly Option<bool> Record = new("--record")
    {
        Description = "Record the conference even where the documents do not ask for it.",
    };

    private static readonly Option<string?> RecordingBase = new("--recording-base")
    {
        Description = "Public URL that leads to the recording server, for a backend that is not on this machine.",
    };

    private static readonly Option<int> RecordingPort = new("--recording-port")
    {
        Description = "Port of the recording server on this machine. 0: any that is free.",
        DefaultValueFactory = _ => Defaults.RecordingPort,
    };

    private static readonly Option<string[]> RecordingFault = new("--recording-fault")
    {
        Description = $"What the recording server does wrong with every recording, several if given several times: {RecordingFaults.Words}.",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "What the script is made from: the same seed, the same script.",
        DefaultValueFactory = _ => Defaults.Seed,
    };

    private static readonly Option<double> Drop = new("--drop")
    {
        Description = "Share of the callbacks that is never sent, such as 0.05.",
        DefaultValueFactory = _ => Defaults.Drop,
    };

    private static readonly Option<bool> Stay = new("--stay")
    {
        Description = "Serve recordings and the log of conferences on, until Ctrl+C, so that the backend can reconcile.",
    };

    private static readonly Option<int> Conferences = new("--conferences")
    {
        Description = "How many conferences take place at once.",
        DefaultValueFactory = _ => LoadDefaults.Conferences,
    };

    private static readonly Option<int> ParticipantsOfEach = new("--participants")
    {
        Description = "How many call in each conference.",
        DefaultValueFactory = _ => LoadDefaults.Participants,
    };

    private static readonly Option<int> Concurrency = new("--concurrency")
    {
        Description = "Callbacks in flight at a time.",
        DefaultValueFactory = _ => LoadDefaults.Concurrency,
    };

    private static readonly Option<double> Duplicates = new("--duplicates")
    {
        Description = "Share of the callbacks that is sent twice, such as 0.1.",
        DefaultValueFactory = _ => LoadDefaults.Duplicates,
    };

    private static readonly Option<bool> Shuffle = new("--shuffle")
    {
        Description = "Send callbacks in any order.",
    };

    private static readonly Option<int> Retry = new("--retry")
    {
        Description = "How often a callback is tried in all.",
        DefaultValueFactory = _ => LoadDefaults.Attempts,
    };

    private static readonly Option<string?> SigningKey = new("--signing-key")
    {
        Description = "The project's signing key: requests are signed with it.",
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "Function key of a deployed app, to ask its API with.",
    };

    /// <summary>Runs what the arguments say.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        Command run = new("run", "Plays a conference against a backend, and checks what the backend made of it.")
        {
            Url, Participants, Seconds, Speed, Record, RecordingBase, RecordingPort, RecordingFault, Seed, Drop, Stay, SigningKey, Key,
        };
        run.SetAction((arguments, token) => ReportAsync(Simulator.RunAsync(ReadRun(arguments), Simulator.OpenConsole(), TimeProvider.System, token)));
        Command load = new("load", "Posts the callbacks of many conferences as fast as a backend takes them, and checks that none was lost.")
        {
            Url, Conferences, ParticipantsOfEach, Concurrency, Duplicates, Shuffle, Drop, Retry, Seed, SigningKey, Key,
        };
        load.SetAction((arguments, token) => ReportAsync(Simulator.LoadAsync(ReadLoad(arguments), Simulator.OpenConsole(), TimeProvider.System, token)));
        RootCommand simulator = new("Plays SignalWire: fetches SWML, runs conferences, posts callbacks, serves recordings.") { run, load };
        ParseResult arguments = simulator.Parse(args);
        if (arguments.Errors is [{ } error, ..])
        {
            await Console.Error.WriteLineAsync($"{error.Message.ReplaceLineEndings(" ")} Try: {(args is ["load", ..] ? "load" : "run")} --help");
            return SimulationResult.NotPlayed;
        }

        return await arguments.InvokeAsync();
    }

    private static async Task<int> ReportAsync(Task<SimulationResult> running)
    {
        try
        {
            SimulationResult result = await running;
            if (result.ExitCode == SimulationResult.NotPlayed)
            {
                await Console.Error.WriteLineAsync(result.Message);
            }

            return result.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted: nothing was compared.");
            return SimulationResult.Interrupted;
        }
    }

    private static SimulationOptions ReadRun(ParseResult arguments) => new()
    {
        Urls = arguments.GetRequiredValue(Url),
        Participants = arguments.GetValue(Participants),
        Seconds = arguments.GetValue(Seconds),
        Speed = arguments.GetValue(Speed),
        Record = arguments.GetValue(Record),
        RecordingBase = arguments.GetValue(RecordingBase),
        RecordingPort = arguments.GetValue(RecordingPort),
        RecordingFaults = arguments.GetValue(RecordingFault) ?? [],
        Seed = arguments.GetValue(Seed),
        Drop = arguments.GetValue(Drop),
        Stay = arguments.GetValue(Stay),
        SigningKey = arguments.GetValue(SigningKey),
        Key = arguments.GetValue(Key),
    };

    private static LoadOptions ReadLoad(ParseResult arguments) => new()
    {
        Urls = arguments.GetRequiredValue(Url),
        Conferences = arguments.GetValue(Conferences),
        Participants = arguments.GetValue(ParticipantsOfEach),
        Concurrency = arguments.GetValue(Concurrency),
        Duplicates = arguments.GetValue(Duplicates),
        Shuffle = arguments.GetValue(Shuffle),
        Drop = arguments.GetValue(Drop),
        Attempts = arguments.GetValue(Retry),
        Seed = arguments.GetValue(Seed),
        SigningKey = arguments.GetValue(SigningKey),
        Key = arguments.GetValue(Key),
    };
}
