using Matting.CommandLine;
using Matting.Trainer.Cli;

using Interruption interruption = new();
return CommandHost.Run(TrainerCommandLine.Create(interruption), args, interruption);
