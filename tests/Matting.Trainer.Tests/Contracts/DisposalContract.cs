using TorchSharp;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

public sealed class DisposalContract
{
    [Fact]
    public void A_disposed_tensor_is_refused_everywhere_and_may_be_disposed_again()
    {
        Tensor x = ones(2);
        Assert.False(x.IsInvalid);
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => x.shape);
        Assert.Throws<InvalidOperationException>(() => x.add(1));
        using Tensor y = ones(2);
        Assert.Throws<InvalidOperationException>(() => y.add_(x));
        Assert.Throws<InvalidOperationException>(() => cat([y, x]));
        Assert.Throws<InvalidOperationException>(() => x.data<float>());
    }

    [Fact]
    public void A_view_lives_on_after_its_source_is_disposed()
    {
        Tensor source = tensor(new[] { 1f, 2f, 3f });
        using Tensor view = source.narrow(0, 1, 2);
        source.Dispose();
        Assert.Equal([2f, 3f], view.data<float>().ToArray());
    }

    [Fact]
    public void A_scope_disposes_what_was_made_in_it_on_its_thread()
    {
        Tensor outside = ones(1);
        Tensor inside;
        using (DisposeScope scope = NewDisposeScope())
        {
            inside = ones(1);
            Assert.Same(scope, CurrentDisposeScope);
            Assert.True(scope.Contains(inside));
            Assert.False(scope.Contains(outside));
            (inside + outside).Dispose();
            Assert.Equal(1, scope.DisposablesCount);
        }

        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        outside.Dispose();
    }

    [Fact]
    public void Tensors_move_out_of_scopes_one_level_or_for_good()
    {
        Tensor kept, moved, dropped;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (DisposeScope inner = NewDisposeScope())
            {
                kept = ones(1).DetachFromDisposeScope();
                moved = ones(1).MoveToOuterDisposeScope();
                dropped = ones(1);
            }

            Assert.True(dropped.IsInvalid);
            Assert.Equal([moved], outer.DisposablesView);
        }

        Assert.True(moved.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void Moving_out_of_the_outermost_scope_leaves_a_tensor_to_its_caller()
    {
        Tensor result;
        using (NewDisposeScope())
            result = (ones(2) + 1).MoveToOuterDisposeScope();
        Assert.Null(CurrentDisposeScope);
        Assert.Equal([2f, 2f], result.data<float>().ToArray());
        result.Dispose();
    }

    [Fact]
    public void A_scope_takes_over_tensors_and_can_be_emptied_but_for_some()
    {
        using Tensor stray = ones(1);
        using DisposeScope scope = NewDisposeScope();
        scope.Attach(stray);
        Tensor first = ones(1);
        Tensor second = ones(1);
        scope.DisposeEverythingBut(first);
        Assert.False(first.IsInvalid);
        Assert.True(second.IsInvalid);
        Assert.True(stray.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
        scope.DisposeEverything();
        Assert.True(first.IsInvalid);
    }

    [Fact]
    public void Scopes_may_end_in_any_order()
    {
        DisposeScope outer = NewDisposeScope();
        DisposeScope inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        Tensor x = ones(1);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.True(x.IsInvalid);
        inner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => inner.DisposablesCount);
    }

    [Fact]
    public void Scopes_belong_to_their_thread()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? elsewhere = null;
        Thread thread = new(() =>
        {
            Assert.Null(CurrentDisposeScope);
            elsewhere = ones(1);
        });
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(elsewhere!.IsInvalid);
        elsewhere.Dispose();
    }

    [Fact]
    public void The_thread_counts_its_tensors()
    {
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using Tensor free = ones(1);
        using (DisposeScope scope = NewDisposeScope())
        {
            _ = ones(1);
            scope.Attach(free);
            Assert.Equal(live + 2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_forgotten_tensor_is_freed_by_the_collector()
    {
        WeakReference forgotten = Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.False(forgotten.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Forget() => new(ones(2 << 20));
    }
}
