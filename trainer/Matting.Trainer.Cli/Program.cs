using Matting.CommandLine;
using Matting.Trainer.Cli;

return CommandHost.Run(TrainerCommandLine.Create(), args);
