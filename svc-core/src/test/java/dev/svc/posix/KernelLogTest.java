package dev.svc.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KernelLogTest {
    @Test void victimIsNamedByItsPid() {
        assertEquals(OptionalLong.of(4711), KernelLog.victim("3,1216,603127,-;Memory cgroup out of memory: Killed process 4711 (tail) "
                + "total-vm:18904kB, anon-rss:15168kB, file-rss:1792kB, shmem-rss:0kB, UID:0 pgtables:72kB oom_score_adj:0\n"));
        assertEquals(OptionalLong.of(12), KernelLog.victim("3,7,1,-;Out of memory: Killed process 12 (java) total-vm:1kB\n"));
    }

    @Test void otherRecordsNameNone() {
        assertEquals(OptionalLong.empty(),
                KernelLog.victim("6,1215,603126,-;oom-kill:constraint=CONSTRAINT_MEMCG,task=tail,pid=4711,uid=0\n"));
        assertEquals(OptionalLong.empty(), KernelLog.victim("6,1,1,-;oom_reaper: reaped process 4711 (tail), now anon-rss:0kB\n"));
        assertEquals(OptionalLong.empty(), KernelLog.victim("6,1,1,-;a daemon says: Killed process 4711 \n"));
    }
}
