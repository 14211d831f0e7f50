using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Tests.Simulator;

public class SwmlInterpreterTests
{
    [Fact]
    public void Steps_are_run_in_order()
    {
        SwmlObject document = Documents.OfSteps("""
            - answer: {}
            - play: { urls: ["say:Hello", "silence:1"], volume: 5 }
            - sleep: 1000
            - hangup: { reason: busy }
            - play: { url: "say:Never" }
            """);

        Assert.Equal(["answer", "play (say:Hello silence:1)", "sleep (1000)", "hangup (busy)"], Documents.Trace(document));
    }

    [Fact]
    public void A_bare_hangup_hangs_up()
    {
        Assert.Equal(["answer", "hangup"], Documents.Trace(Documents.OfSteps("""
            - answer
            - hangup
            - answer
            """)));
    }

    [Fact]
    public void What_has_nothing_to_do_with_conferences_is_passed_over_with_a_note()
    {
        Assert.Equal(["record_call (passed over)", "teleport (passed over)", "hangup"], Documents.Trace(Documents.OfSteps("""
            - record_call: { stereo: true }
            - teleport: {}
            - hangup
            """)));
    }

    [Fact]
    public void The_conference_is_joined_with_what_the_document_says()
    {
        (SwmlInterpreter interpreter, JoinConference? join) = Documents.Run(Documents.OfSteps("""
            - set: { room: team, quiet: true, limit: 10 }
            - join_conference: { name: "%{vars.room}_meeting", muted: "${vars.quiet}", max_participants: "%{limit}", wait_url: "https://example.com/${call.call_id}" }
            """));

        Assert.Equal("team_meeting", join!.Name);
        Assert.True(join.Muted.Or(false));
        Assert.Equal(10, join.MaxParticipants.Or(0));
        Assert.Equal("https://example.com/ann", join.WaitUrl);
        Assert.Equal(["set (room quiet limit)", "join_conference (team_meeting)"], interpreter.Trace.Select(step => step.ToString()));
    }

    [Fact]
    public void A_conference_whose_variables_make_it_invalid_fails()
    {
        IReadOnlyList<string> trace = Documents.Trace(Documents.OfSteps("""
            - set: { limit: 1 }
            - join_conference: { name: team, max_participants: "%{limit}" }
            - play: { url: "say:%{join_conference_result}" }
            """));

        Assert.Equal("play (say:failed)", trace[^1]);
        Assert.Contains("max_participants", trace[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_conference_that_can_never_be_joined_does_not_go_on_forever()
    {
        IReadOnlyList<string> trace = Documents.Trace(Documents.OfSteps("""
            - label: again
            - join_conference: { name: team, max_participants: "%{nothing}" }
            - goto: { label: again, max: 100 }
            """));

        Assert.Equal(101, trace.Count(step => step.StartsWith("join_conference", StringComparison.Ordinal)));
    }

    [Fact]
    public void Variables_are_set_and_unset()
    {
        Assert.Equal(["set (a b)", "unset (a)", "unset (vars.c b)", "play (say:-)", "set (x)", "unset (vars)", "play (say:)"], Documents.Trace(Documents.OfSteps("""
            - set: { a: 1, b: two }
            - unset: a
            - unset: [vars.c, b]
            - play: { url: "say:%{vars.a}-%{vars.b}" }
            - set: { x: 1 }
            - unset: vars
            - play: { url: "say:%{vars.x}" }
            """)));
    }

    [Fact]
    public void A_switch_takes_the_case_of_the_variables_value_or_the_default()
    {
        const string steps = """
            - set: { language: "%{call.type}" }
            - switch:
                variable: VARIABLE
                case:
                  phone: [ { play: { url: "say:phone" } } ]
                  "true": [ { play: { url: "say:yes" } } ]
                default: [ { play: { url: "say:default" } } ]
            - hangup
            """;

        Assert.Contains("play (say:phone)", Trace("vars.language"));
        Assert.Contains("play (say:phone)", Trace("language"));
        Assert.Contains("play (say:phone)", Trace("call.type"));
        Assert.Contains("play (say:default)", Trace("call.direction"));
        Assert.Contains("play (say:default)", Trace("nothing"));
        Assert.Equal("hangup", Trace("nothing")[^1]);

        static IReadOnlyList<string> Trace(string variable) =>
            Documents.Trace(Documents.OfSteps(steps.Replace("VARIABLE", variable, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_cond_takes_the_first_branch_that_holds()
    {
        Assert.Equal(["cond", "play (say:second)", "hangup"], Documents.Trace(Documents.OfSteps("""
            - cond:
                - when: call.type == 'sip'
                  then: [ { play: { url: "say:first" } } ]
                - when: call.from.startsWith('+1555') && vars.missing === undefined
                  then: [ { play: { url: "say:second" } } ]
                - else: [ { play: { url: "say:third" } } ]
            - hangup
            """)));
    }

    [Fact]
    public void A_cond_takes_the_else_where_nothing_holds_and_goes_on_where_there_is_none()
    {
        Assert.Equal(["cond", "play (say:else)", "cond", "hangup"], Documents.Trace(Documents.OfSteps("""
            - cond:
                - when: false
                  then: [ hangup ]
                  else: [ { play: { url: "say:else" } } ]
            - cond:
                - when: "0"
                  then: [ hangup ]
            - hangup
            """)));
    }

    [Fact]
    public void A_condition_that_cannot_be_evaluated_does_not_hold_and_leaves_a_note()
    {
        IReadOnlyList<string> trace = Documents.Trace(Documents.OfSteps("""
            - cond:
                - when: nobody.knows == 1
                  then: [ { play: { url: "say:then" } } ]
                - else: [ { play: { url: "say:else" } } ]
            """));

        Assert.StartsWith("when (nobody.knows == 1: ", trace[1], StringComparison.Ordinal);
        Assert.Equal("play (say:else)", trace[2]);
    }

    [Fact]
    public void A_goto_goes_to_a_label_as_often_as_it_may()
    {
        Assert.Equal(
            ["label (again)", "answer", "goto (again)", "answer", "goto (again)", "answer", "goto (again: gone to 2 times)", "hangup"],
            Documents.Trace(Documents.OfSteps("""
                - label: again
                - answer
                - goto: { label: again, max: 2 }
                - hangup
                """)));
    }

    [Fact]
    public void A_goto_leaves_the_branches_around_it()
    {
        Assert.Equal(["cond", "goto (end)", "hangup"], Documents.Trace(Documents.OfSteps("""
            - cond:
                - when: "true"
                  then: [ { goto: { label: end } }, answer ]
            - answer
            - label: end
            - hangup
            """)));
    }

    [Fact]
    public void A_goto_goes_nowhere_while_its_condition_does_not_hold()
    {
        Assert.Equal(["label (a)", "hangup"], Documents.Trace(Documents.OfSteps("""
            - label: a
            - goto: { label: a, when: "false" }
            - hangup
            """)));
    }

    [Fact]
    public void A_goto_to_a_label_of_another_section_goes_nowhere()
    {
        Assert.Equal(["execute (other)", "goto (here)", "goto (there is no label 'here' in this section)", "label (here)", "hangup"], Documents.Trace(Documents.Read("""
            version: 1.0.0
            sections:
              main: [ { execute: { dest: other } }, { label: here }, hangup ]
              other: [ { goto: { label: here } } ]
            """)));
    }

    [Fact]
    public void A_section_is_executed_with_its_parameters_and_returns_a_value()
    {
        Assert.Equal(
            ["set (who)", "execute (greet)", "play (say:Hello Ann)", "return", "play (say:done)", "play (say:[])", "execute (passed over: there is no section 'missing')", "hangup"],
            Documents.Trace(Documents.Read("""
                version: 1.0.0
                sections:
                  main:
                    - set: { who: Ann }
                    - execute: { dest: greet, params: { name: "%{vars.who}" } }
                    - play: { url: "say:%{return_value}" }
                    - play: { url: "say:[%{params.name}]" }
                    - execute: { dest: missing }
                    - hangup
                  greet:
                    - play: { url: "say:Hello %{params.name}" }
                    - return: done
                    - hangup
                """)));
    }

    [Fact]
    public void A_section_that_ends_returns_and_runs_what_is_to_be_run_then()
    {
        Assert.Equal(["execute (other)", "answer", "sleep (1)", "hangup"], Documents.Trace(Documents.Read("""
            version: 1.0.0
            sections:
              main: [ { execute: { dest: other, on_return: [ { sleep: 1 } ] } }, hangup ]
              other: [ answer ]
            """)));
    }

    [Fact]
    public void A_return_from_main_ends_the_call() =>
        Assert.Equal(["return"], Documents.Trace(Documents.OfSteps("- return\n- hangup")));

    [Fact]
    public void A_section_that_executes_itself_comes_to_an_end()
    {
        IReadOnlyList<string> trace = Documents.Trace(Documents.OfSteps("- execute: { dest: main }"));

        Assert.Equal("hangup (the document does not come to an end)", trace[^1]);
    }

    [Fact]
    public void Gotos_within_gotos_come_to_an_end()
    {
        IReadOnlyList<string> trace = Documents.Trace(Documents.OfSteps("""
            - label: a
            - label: b
            - label: c
            - goto: { label: c, max: 100 }
            - execute: { dest: main }
            - goto: { label: a, max: 100 }
            """));

        Assert.True(trace.Count <= SwmlInterpreter.MaxSteps + 1);
    }
}
