using Matting.Server.Work;

namespace Matting.Runtime.Tests.Serving;

public sealed class MemoryBudgetTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_wait_are_served_in_the_order_of_coming_also_when_a_later_one_would_fit()
    {
        MemoryBudget budget = new(100);
        await budget.TakeAsync(70, Cancellation);
        Task large = budget.TakeAsync(60, Cancellation), small = budget.TakeAsync(10, Cancellation);
        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);
        Assert.False(budget.TryTake(1));
        budget.Return(70);
        await Task.WhenAll(large, small);
        Assert.Equal(70, budget.Taken);
        Assert.True(budget.TryTake(30));
        Assert.False(budget.TryTake(1));
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nothing_and_lets_the_next_in()
    {
        MemoryBudget budget = new(100);
        await budget.TakeAsync(50, Cancellation);
        using CancellationTokenSource gone = new();
        Task large = budget.TakeAsync(100, gone.Token), small = budget.TakeAsync(50, Cancellation);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        Assert.Equal(100, budget.Taken);
    }

    [Fact]
    public async Task More_than_there_is_is_refused_at_once()
    {
        MemoryBudget budget = new(100);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => budget.TakeAsync(101, Cancellation));
        Assert.False(budget.TryTake(101));
        Assert.Equal(0, budget.Taken);
    }

    [Fact]
    public async Task However_many_take_and_return_at_once_it_is_never_exceeded_and_ends_empty()
    {
        const int Takers = 16, Rounds = 500;
        MemoryBudget budget = new(100);
        await Task.WhenAll(Enumerable.Range(0, Takers).Select(taker => Task.Run(async () =>
        {
            Random random = new(taker);
            for (int round = 0; round < Rounds; round++)
            {
                using MemoryShare share = new(budget);
                using CancellationTokenSource impatient = new();
                Task taken = share.TakeAsync(random.Next(1, 101), impatient.Token);
                if (round % 5 == 0)
                    await impatient.CancelAsync();
                try
                {
                    await taken;
                }
                catch (OperationCanceledException)
                {
                    continue;
                }
                Assert.InRange(budget.Taken, 1, 100);
                share.ShrinkTo(random.Next(0, 101));
            }
        }, Cancellation)));
        Assert.Equal(0, budget.Taken);
        Assert.True(budget.TryTake(100));
    }
}
