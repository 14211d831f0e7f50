using ConferenceFunctions.Simulator;

return await SimulatorCommand.RunAsync(args);
