package io.github.qmbench.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of qmbench, the commit it was built from, and the Java it runs on. */
public final class Version implements IVersionProvider {

    /** {@return the version of qmbench, for example {@code 0.1.0}} */
    public static String number() {
        return property("version");
    }

    /** The commit, or {@code unknown} when it was built where there was no git. */
    static String commit() {
        return property("commit");
    }

    private static String property(String name) {
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "qmbench " + number() + ", commit " + commit(),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
