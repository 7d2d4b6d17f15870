using Matting.CommandLine;
using Matting.Fuzz;

return CommandHost.Run(FuzzCommand.Create(), args);
