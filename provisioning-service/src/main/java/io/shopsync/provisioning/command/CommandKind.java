package io.shopsync.provisioning.command;

/** The commands there are. */
enum CommandKind {
    SUSPEND,
    RESUME,
    CHANGE_DATABASES,
    ROTATE_CREDENTIALS,
    DELETE
}
