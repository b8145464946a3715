package hopline.flows.analysis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Work on a thread of its own, one piece at a time. Used by one thread, which hands over what the work is about and
/// leaves it alone until it is done.
final class Beside {

    private CompletableFuture<?> work = CompletableFuture.completedFuture(null);

    /// Waits for the piece before, then begins this one.
    void begin(Runnable piece) {
        await();
        work = CompletableFuture.runAsync(piece, Beside::start);
    }

    private static void start(Runnable piece) {
        Thread.ofPlatform().name("judging").daemon().start(piece);
    }

    boolean isBusy() {
        return !work.isDone();
    }

    /// Waits until the work is done; what it threw is thrown here.
    void await() {
        join(work);
    }

    /// Waits until `work` is done; what it threw is thrown here, as it was.
    static void join(CompletableFuture<?> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }
}
