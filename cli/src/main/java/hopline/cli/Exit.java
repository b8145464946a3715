package hopline.cli;

/// Ends the process.
///
/// [System#exit] looks into every jar for a logger first, an eighth of a short run. A process whose `main` just returns
/// ends with 0, and one whose `main` throws with 1; there is no such way to other codes.
final class Exit extends Error implements Thread.UncaughtExceptionHandler {

    private static final long serialVersionUID = 1L;

    private Exit() {
        super(null, null, false, false);
    }

    /// Leaving is no failure: there is nothing to say.
    @Override
    public void uncaughtException(Thread thread, Throwable exit) {}

    /// Ends the process with `exitCode`. Returns when the process ends as soon as its `main`, the caller, has ended.
    static void with(int exitCode) {
        if (exitCode < 0 || exitCode > 1 || isAnyoneElseAtWork()) {
            System.exit(exitCode);
        }
        if (exitCode == 1) {
            Exit exit = new Exit();
            Thread.currentThread().setUncaughtExceptionHandler(exit);
            throw exit;
        }
    }

    /// There is a thread that a process would wait for whose `main` has ended.
    private static boolean isAnyoneElseAtWork() {
        Thread[] threads = new Thread[Thread.activeCount() + 1];
        int count = Thread.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (!threads[i].isDaemon() && threads[i] != Thread.currentThread()) {
                return true;
            }
        }
        return count == threads.length; // there may be more of them
    }
}
