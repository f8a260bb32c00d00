package io.github.ram.training.cli;

import io.github.ram.training.run.GitCommit;
import picocli.CommandLine.IVersionProvider;

/** The version and the commit, which {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        String commit = GitCommit.id();
        return new String[] {
            "ram-training " + (version == null ? "(development)" : version) + (commit == null ? "" : " " + commit)
        };
    }
}
