using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Tests.Simulator;

/// <summary>The four ways to branch on how a conference went, with each way that it may go.</summary>
public class JoinConferenceResultTests
{
    private const string ResultSwitch = """
        - join_conference:
            name: team
            result:
              variable: join_conference_result
              case:
                completed: [ { play: { url: "say:completed" } } ]
                answered: [ { play: { url: "say:answered" } } ]
                no-answer: [ { play: { url: "say:no-answer" } } ]
                failed: [ { play: { url: "say:failed" } } ]
              default: [ { play: { url: "say:canceled" } } ]
        - hangup
        """;

    private const string ResultCond = """
        - join_conference:
            name: team
            result:
              - when: join_conference_result == 'completed'
                then: [ { play: { url: "say:completed" } } ]
              - when: vars.join_conference_result == 'answered'
                then: [ { play: { url: "say:answered" } } ]
              - when: return_value == 'no-answer'
                then: [ { play: { url: "say:no-answer" } } ]
              - when: return_value == 'failed'
                then: [ { play: { url: "say:failed" } } ]
              - else: [ { play: { url: "say:canceled" } } ]
        - hangup
        """;

    private const string FollowingSwitch = """
        - join_conference: { name: team }
        - switch:
            variable: join_conference_result
            case:
              completed: [ { play: { url: "say:completed" } } ]
              answered: [ { play: { url: "say:answered" } } ]
              no-answer: [ { play: { url: "say:no-answer" } } ]
              failed: [ { play: { url: "say:failed" } } ]
            default: [ { play: { url: "say:canceled" } } ]
        - hangup
        """;

    private const string FollowingCond = """
        - join_conference: { name: team }
        - cond:
            - when: return_value == 'canceled'
              then: [ { play: { url: "say:canceled" } } ]
            - else: [ { play: { url: "say:%{return_value}" } } ]
        - hangup
        """;

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string steps in (string[])[ResultSwitch, ResultCond, FollowingSwitch, FollowingCond])
        {
            foreach (string result in (string[])[JoinResult.Completed, JoinResult.Answered, JoinResult.NoAnswer, JoinResult.Failed, JoinResult.Canceled])
            {
                cases.Add(steps, result);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_document_goes_on_by_how_the_conference_went(string steps, string result)
    {
        SwmlObject document = Documents.OfSteps(steps);
        Assert.Empty(SwmlValidator.Validate(document).Faults);
        (SwmlInterpreter interpreter, JoinConference? join) = Documents.Run(document);
        Assert.Equal("team", join!.Name);

        Assert.Null(interpreter.Resume(result));

        Assert.Equal($"play (say:{result})", Assert.Single(interpreter.Trace, step => step.Method == "play").ToString());
        Assert.Equal("hangup", interpreter.Trace[^1].Method);
    }

    [Fact]
    public void A_result_may_hang_up_before_the_next_step()
    {
        (SwmlInterpreter interpreter, _) = Documents.Run(Documents.OfSteps("""
            - join_conference: { name: team, result: { variable: join_conference_result, case: { completed: [ hangup ] } } }
            - answer
            """));

        interpreter.Resume(JoinResult.Completed);

        Assert.Equal("hangup", interpreter.Trace[^1].Method);
    }

    [Fact]
    public void A_document_may_join_one_conference_after_the_other()
    {
        (SwmlInterpreter interpreter, JoinConference? first) = Documents.Run(Documents.OfSteps("""
            - join_conference: { name: one }
            - join_conference: { name: two }
            """));

        JoinConference? second = interpreter.Resume(JoinResult.Completed);

        Assert.Equal(["one", "two"], [first!.Name, second!.Name]);
        Assert.Null(interpreter.Resume(JoinResult.Completed));
    }
}
