package dev.sparring.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.process.NativeProcess;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Precision;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** {@code -Dsparring.threads}, which tests run with, holds for all of libnd4j. */
class ThreadsTest {
  @Test
  void computationsHaveAsManyThreadsAsWished() {
    Nd4jEngine.open(Device.CPU, Precision.FLOAT32).close();
    assertEquals(NativeProcess.threads(), Nd4j.getEnvironment().maxThreads());
    assertEquals(NativeProcess.threads(), ofLibgomp());
    assertEquals(
        NativeProcess.threads(), CompletableFuture.supplyAsync(ThreadsTest::ofLibgomp).join());
  }

  private static int ofLibgomp() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }
}
