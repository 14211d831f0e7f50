using System.Text;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Callbacks;

/// <summary>Makes bodies that are nearly callbacks.</summary>
internal static class CallbackMutations
{
    /// <summary>An event with all fields of SignalWire's reference, and one that is not there yet.</summary>
    public const string AllFields = """
        {"event_type":"calling.conference","event_channel":"swml:1","timestamp":1640000000.123456,"project_id":"p","space_id":"s",
         "params":{"call_id":"call","name":"my_conference","conference_id":"conf","status":"STATUS","size":3,"node_id":"node","segment_id":"segment",
         "region":"us","tag":"tag","muted":true,"hold":false,"start_on_join":true,"end_on_leave":false,"coaching":true,
         "recording_url":"https://your-space.signalwire.com/api/v1/recordings/rec-uuid/download","recording_file_size":4800000,"recording_duration":300.5,
         "reason_ended":"last-participant-left","call_id_ending_conf":"call2","future_field":{"a":[1]}}}
        """;

    /// <summary>A body that is nearly a callback.</summary>
    public static byte[] Next(Random random)
    {
        string[] bodies =
        [
            AllFields.Replace("STATUS", "participant-join", StringComparison.Ordinal),
            "event_type=calling.conference&timestamp=1640000000.5&params[conference_id]=c&params.status=participant-join&call_id=a&payload={\"params\":{}}",
            "AccountSid=p&CallSid=a&ConferenceSid=c&StatusCallbackEvent=join&RecordingStatus=completed&Timestamp=Mon%2C+20+Dec+2021",
        ];
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(random.Pick(bodies))];
        string[] tokens = ["{", "}", "[", "]", "\"", "\\", ",", ":", "null", "1e999", "-", "=", "&", "%", "%7B", "\uFEFF", "\\uD800", "\0", "params", "status", "\U0001F600"];
        for (int i = random.Next(8); i > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(random.Pick(tokens)));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(0, Math.Min(random.Next(40), bytes.Count)));
                    break;
            }
        }

        return [.. bytes];
    }
}
