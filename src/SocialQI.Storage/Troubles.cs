namespace SocialQI.Storage;

/// <summary>The disk is full: nothing was written. Writes succeed again by themselves once there is space.</summary>
public sealed class StorageFullException(Exception inner) : Exception("The disk is full: nothing was written.", inner);

/// <summary>The database does not answer, or cannot write just now: nothing was written.</summary>
public sealed class StoreUnavailableException(Exception inner) : Exception("The database cannot be written to just now: nothing was written.", inner);

/// <summary>A newer program has been at this database. An older one would not know what it holds.</summary>
public sealed class SchemaTooNewException(int found, int known) : Exception(
    $"The database has schema {found}, and this program knows schemas up to {known} only. "
    + "Start a program at least as new as the one that last ran on it; nothing was changed.");

/// <summary>The database would acknowledge what a loss of power takes back.</summary>
public sealed class SettingsMakeAcksALieException(string setting, string value, string wanted) : Exception(
    $"The database runs with {setting} = {value}, so that what it acknowledges can be lost with the power. It must be {wanted}.");

/// <summary>Another process has the data folder.</summary>
public sealed class DataFolderInUseException(string folder, Exception inner) : Exception(
    $"The data folder {folder} is in use by another process. One folder belongs to one process; stop the other one, or name another folder.", inner);

/// <summary>A copy of a store that was not made a store again.</summary>
public sealed class NotRestoredException(string place) : Exception(
    $"{place} is a copy from a backup. Give the backup to the verb restore: clients may have seen more than it has, so that it has to begin another epoch first.");

/// <summary>A store that has less than was seen of it, or is another.</summary>
public sealed class GoneBackException(string seen, string how) : Exception($"{seen}: it was restored from a copy, or is another. Nothing is served from it before it begins another epoch. {how}");

/// <summary>A file that is not a copy of a store, or not all of one.</summary>
public sealed class NoCopyException(string file, string why) : Exception($"{file} is no copy of a store that could be restored: {why}.");
