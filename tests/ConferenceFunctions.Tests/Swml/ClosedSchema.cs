using NJsonSchema;

namespace ConferenceFunctions.Tests.Swml;

/// <summary>
/// What SignalWire takes of the steps that we make, written down a second time and closed: a property, word or type that is not here
/// is an error, as it is for SignalWire. After its SWML reference and its published schema.
/// </summary>
internal static class ClosedSchema
{
    private const string Text = """
        {
          "type": "object",
          "required": ["sections"],
          "additionalProperties": false,
          "properties": {
            "version": { "type": "string", "enum": ["1.0.0"] },
            "sections": {
              "type": "object",
              "required": ["main"],
              "properties": { "main": { "$ref": "#/definitions/steps" } },
              "additionalProperties": { "$ref": "#/definitions/steps" }
            }
          },
          "definitions": {
            "variable": { "type": "string", "pattern": "^[$%]\\{.*\\}$" },
            "text": { "type": "string", "minLength": 1 },
            "flag": { "anyOf": [{ "type": "boolean" }, { "$ref": "#/definitions/variable" }] },
            "url": { "anyOf": [{ "type": "string", "pattern": "^https?://[^ ]+$" }, { "$ref": "#/definitions/variable" }] },
            "method": { "anyOf": [{ "type": "string", "enum": ["GET", "POST"] }, { "$ref": "#/definitions/variable" }] },
            "event_type": { "anyOf": [{ "type": "string", "enum": ["relay", "cxml", "laml"] }, { "$ref": "#/definitions/variable" }] },
            "steps": { "type": "array", "items": { "$ref": "#/definitions/step" } },
            "step": {
              "anyOf": [
                { "type": "string", "enum": ["hangup", "answer"] },
                {
                  "type": "object",
                  "minProperties": 1,
                  "maxProperties": 1,
                  "additionalProperties": false,
                  "properties": {
                    "join_conference": { "$ref": "#/definitions/join_conference" },
                    "switch": { "$ref": "#/definitions/switch" },
                    "cond": { "$ref": "#/definitions/cond" },
                    "hangup": { "type": "object", "additionalProperties": false },
                    "play": {
                      "type": "object",
                      "additionalProperties": false,
                      "properties": {
                        "url": { "$ref": "#/definitions/playable" },
                        "urls": { "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/playable" } }
                      }
                    }
                  }
                }
              ]
            },
            "playable": { "type": "string", "pattern": "^(https?://|say:|silence:|ring:)." },
            "switch": {
              "type": "object",
              "required": ["variable", "case"],
              "additionalProperties": false,
              "properties": {
                "variable": { "$ref": "#/definitions/text" },
                "case": { "type": "object", "additionalProperties": { "$ref": "#/definitions/steps" } },
                "default": { "$ref": "#/definitions/steps" }
              }
            },
            "cond": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "when": { "$ref": "#/definitions/text" },
                  "then": { "$ref": "#/definitions/steps" },
                  "else": { "$ref": "#/definitions/steps" }
                }
              }
            },
            "stream": {
              "type": "object",
              "required": ["url"],
              "additionalProperties": false,
              "properties": {
                "url": { "anyOf": [{ "type": "string", "pattern": "^wss://[^ ]+$" }, { "$ref": "#/definitions/variable" }] },
                "name": { "$ref": "#/definitions/text" },
                "codec": { "$ref": "#/definitions/text" },
                "status_url": { "$ref": "#/definitions/url" },
                "status_url_method": { "$ref": "#/definitions/method" },
                "realtime": { "$ref": "#/definitions/flag" },
                "authorization_bearer_token": { "$ref": "#/definitions/text" },
                "custom_parameters": { "type": "object" }
              }
            },
            "join_conference": {
              "type": "object",
              "required": ["name"],
              "additionalProperties": false,
              "properties": {
                "name": { "$ref": "#/definitions/text" },
                "muted": { "$ref": "#/definitions/flag" },
                "beep": { "anyOf": [{ "type": "string", "enum": ["true", "false", "onEnter", "onExit"] }, { "$ref": "#/definitions/variable" }] },
                "start_on_enter": { "$ref": "#/definitions/flag" },
                "end_on_exit": { "$ref": "#/definitions/flag" },
                "wait_url": { "$ref": "#/definitions/url" },
                "max_participants": { "anyOf": [{ "type": "integer", "minimum": 2, "maximum": 100000 }, { "$ref": "#/definitions/variable" }] },
                "record": { "anyOf": [{ "type": "string", "enum": ["do-not-record", "record-from-start"] }, { "$ref": "#/definitions/variable" }] },
                "region": { "anyOf": [{ "type": "string", "enum": ["global", "us", "eu", "ch"] }, { "$ref": "#/definitions/variable" }] },
                "trim": { "anyOf": [{ "type": "string", "enum": ["trim-silence", "do-not-trim"] }, { "$ref": "#/definitions/variable" }] },
                "coach": { "$ref": "#/definitions/text" },
                "status_callback": { "$ref": "#/definitions/url" },
                "status_callback_event": {
                  "anyOf": [
                    { "type": "string", "pattern": "^(start|end|join|leave|mute|hold|modify|speaker|announcement)( (start|end|join|leave|mute|hold|modify|speaker|announcement))*$" },
                    { "$ref": "#/definitions/variable" }
                  ]
                },
                "status_callback_event_type": { "$ref": "#/definitions/event_type" },
                "status_callback_method": { "$ref": "#/definitions/method" },
                "recording_status_callback": { "$ref": "#/definitions/url" },
                "recording_status_callback_event": {
                  "anyOf": [
                    { "type": "string", "pattern": "^(in-progress|completed|absent)( (in-progress|completed|absent))*$" },
                    { "$ref": "#/definitions/variable" }
                  ]
                },
                "recording_status_callback_event_type": { "$ref": "#/definitions/event_type" },
                "recording_status_callback_method": { "$ref": "#/definitions/method" },
                "result": { "anyOf": [{ "$ref": "#/definitions/switch" }, { "$ref": "#/definitions/cond" }] },
                "stream": { "anyOf": [{ "$ref": "#/definitions/stream" }, { "$ref": "#/definitions/variable" }] },
                "min_participants": { "anyOf": [{ "type": "integer", "minimum": 1 }, { "$ref": "#/definitions/variable" }] },
                "emit_call_quality": { "$ref": "#/definitions/flag" },
                "meta": { "anyOf": [{ "type": "object" }, { "$ref": "#/definitions/variable" }] },
                "video": { "$ref": "#/definitions/flag" },
                "video_layout": { "$ref": "#/definitions/text" },
                "video_preview": { "$ref": "#/definitions/flag" },
                "video_quality": { "anyOf": [{ "type": "string", "enum": ["720p", "1080p"] }, { "$ref": "#/definitions/variable" }] }
              }
            }
          }
        }
        """;

    private static readonly JsonSchema Schema = JsonSchema.FromJsonAsync(Text, TestContext.Current.CancellationToken).GetAwaiter().GetResult();

    /// <summary>What is wrong with a document, in the words of the schema; nothing where it is valid.</summary>
    public static IReadOnlyList<string> Errors(string json) => [.. Schema.Validate(json).Select(error => error.ToString())];
}
