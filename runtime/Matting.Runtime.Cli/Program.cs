using Matting.CommandLine;
using Matting.Runtime.Cli;

return CommandHost.Run(MattingCommand.Create(), args);
