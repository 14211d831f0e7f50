using ConferenceFunctions.Simulator;

LoopbackProxy.Bypass();
return await SimulatorCommand.RunAsync(args);
