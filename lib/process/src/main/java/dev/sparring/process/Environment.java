package dev.sparring.process;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** The C library's environment, which native libraries read; Java's copy of it is older. */
final class Environment {
  private Environment() {}

  /** Sets a variable; false if that is not possible on this system. */
  static boolean set(String name, String value) {
    return call("setenv", name, value, 1);
  }

  /** Removes a variable; false if that is not possible on this system. */
  static boolean remove(String name) {
    return call("unsetenv", name);
  }

  private static boolean call(String function, Object... arguments) {
    if (!Platform.isLinux() && !Platform.isMac()) {
      return false;
    }
    try {
      Function f = NativeLibrary.getProcess().getFunction(function);
      return f.invokeInt(arguments) == 0;
    } catch (LinkageError e) {
      return false; // JNA's own library could not be unpacked
    }
  }
}
